package dev.lexigram.tenancy.tenant;

import java.time.Instant;
import java.util.UUID;

/** A tenant will not be removed after all; it keeps everything and is inactive. */
public record TenantDeletionCancelled(UUID eventId, TenantId tenantId, long sequence, Instant occurredAt, String actor)
        implements TenantEvent {

    @Override
    public TenantDeletionCancelled withSequence(long sequence) {
        return new TenantDeletionCancelled(eventId, tenantId, sequence, occurredAt, actor);
    }
}
