package dev.lexigram.tenancy.tenant;

import java.time.Instant;
import java.util.UUID;

/** A tenant is no longer served, for a reason, and keeps everything. */
public record TenantSuspended(
        UUID eventId, TenantId tenantId, long sequence, Instant occurredAt, String actor, String reason)
        implements TenantEvent {

    @Override
    public TenantSuspended withSequence(long sequence) {
        return new TenantSuspended(eventId, tenantId, sequence, occurredAt, actor, reason);
    }
}
