package dev.lexigram.tenancy.tenant;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Fields of a tenant changed, its status did not. */
public record TenantUpdated(
        UUID eventId, TenantId tenantId, long sequence, Instant occurredAt, String actor, Set<String> fields)
        implements TenantEvent {

    @Override
    public TenantUpdated withSequence(long sequence) {
        return new TenantUpdated(eventId, tenantId, sequence, occurredAt, actor, fields);
    }
}
