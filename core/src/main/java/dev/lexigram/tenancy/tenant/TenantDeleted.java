package dev.lexigram.tenancy.tenant;

import java.time.Instant;
import java.util.UUID;

/** A tenant was removed for good; its id is never used again. */
public record TenantDeleted(UUID eventId, TenantId tenantId, long sequence, Instant occurredAt, String actor)
        implements TenantEvent {

    @Override
    public TenantDeleted withSequence(long sequence) {
        return new TenantDeleted(eventId, tenantId, sequence, occurredAt, actor);
    }
}
