package dev.lexigram.tenancy.tenant;

import java.time.Instant;
import java.util.UUID;

/** A tenant is no longer served and keeps everything. */
public record TenantDeactivated(UUID eventId, TenantId tenantId, long sequence, Instant occurredAt, String actor)
        implements TenantEvent {

    @Override
    public TenantDeactivated withSequence(long sequence) {
        return new TenantDeactivated(eventId, tenantId, sequence, occurredAt, actor);
    }
}
