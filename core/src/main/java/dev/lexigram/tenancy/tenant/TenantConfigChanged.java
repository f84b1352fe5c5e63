package dev.lexigram.tenancy.tenant;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One key of a tenant's configuration has another value now. Of a secret key both values are {@code ***}.
 *
 * @param oldValue what JSON can hold, unmodifiable; null if the key was not set
 * @param newValue what JSON can hold, unmodifiable; null if the key is not set any more
 * @param version the version of the tenant's whole configuration after the change
 */
public record TenantConfigChanged(
        UUID eventId,
        TenantId tenantId,
        long sequence,
        Instant occurredAt,
        String actor,
        String key,
        @Nullable Object oldValue,
        @Nullable Object newValue,
        long version)
        implements TenantEvent {

    /** What stands for the value of a secret key wherever values are shown. */
    public static final String MASK = "***";

    @Override
    public TenantConfigChanged withSequence(long sequence) {
        return new TenantConfigChanged(
                eventId, tenantId, sequence, occurredAt, actor, key, oldValue, newValue, version);
    }
}
