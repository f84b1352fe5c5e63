package dev.lexigram.tenancy.tenant;

import java.time.Instant;
import java.util.UUID;

/** A tenant that was suspended or inactive is served again. */
public record TenantActivated(UUID eventId, TenantId tenantId, long sequence, Instant occurredAt, String actor)
        implements TenantEvent {

    @Override
    public TenantActivated withSequence(long sequence) {
        return new TenantActivated(eventId, tenantId, sequence, occurredAt, actor);
    }
}
