package dev.lexigram.tenancy.tenant;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant was created and its place for data made; from now on it is served. */
public record TenantProvisioned(
        UUID eventId,
        TenantId tenantId,
        long sequence,
        Instant occurredAt,
        String actor,
        Slug slug,
        @Nullable String plan)
        implements TenantEvent {

    @Override
    public TenantProvisioned withSequence(long sequence) {
        return new TenantProvisioned(eventId, tenantId, sequence, occurredAt, actor, slug, plan);
    }
}
