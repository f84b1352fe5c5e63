package dev.lexigram.tenancy.tenant;

import java.time.Instant;
import java.util.UUID;

/**
 * A tenant is no longer served and will be removed; until the removal begins that can be cancelled.
 *
 * @param policy what happens to its data: {@code rename}, {@code drop} or {@code keep}
 * @param purgeAt when the removal may begin
 */
public record TenantDeletionScheduled(
        UUID eventId,
        TenantId tenantId,
        long sequence,
        Instant occurredAt,
        String actor,
        String policy,
        Instant purgeAt)
        implements TenantEvent {

    @Override
    public TenantDeletionScheduled withSequence(long sequence) {
        return new TenantDeletionScheduled(eventId, tenantId, sequence, occurredAt, actor, policy, purgeAt);
    }
}
