package dev.lexigram.tenancy.tenant;

import java.time.Instant;
import java.util.UUID;

/** A fact in the life of a tenant, stored in the same transaction as the change that it reports. */
public sealed interface TenantEvent
        permits TenantProvisioned,
                TenantActivated,
                TenantSuspended,
                TenantDeactivated,
                TenantUpdated,
                TenantDeletionScheduled,
                TenantDeletionCancelled,
                TenantDeleted,
                TenantConfigChanged {

    /** Identifies the event; a consumer that sees it twice drops the second. */
    UUID eventId();

    TenantId tenantId();

    /** Position among this tenant's events: 1, 2, 3 and so on without a gap; 0 until the store has assigned it. */
    long sequence();

    Instant occurredAt();

    /** Who caused it, or {@code system}. */
    String actor();

    /** The same fact at this position; called by stores. */
    TenantEvent withSequence(long sequence);
}
