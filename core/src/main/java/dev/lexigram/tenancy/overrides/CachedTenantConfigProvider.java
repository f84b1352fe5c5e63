package dev.lexigram.tenancy.overrides;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.lexigram.tenancy.cache.Coverage;
import dev.lexigram.tenancy.stores.ConfigSnapshot;
import dev.lexigram.tenancy.stores.ConfigUpdate;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Duration;

/**
 * Remembers another provider's configuration for a while, the whole of each tenant.
 *
 * <p>Safe for use by many threads; concurrent reads of one tenant share one load. Once a write through this provider has
 * ended, however it ended, nothing that was read before it is given out. What others write is seen after the time to
 * live, or at once after {@link #invalidate}. {@link TenantConfigService} remembers by itself and needs none of this.
 */
public final class CachedTenantConfigProvider implements TenantConfigProvider {

    private final TenantConfigProvider inner;
    private final VersionedMemory<ConfigSnapshot> memory;

    /**
     * Remembers up to 10,000 tenants.
     *
     * @param ttl zero for remembering nothing
     */
    public CachedTenantConfigProvider(TenantConfigProvider inner, Duration ttl) {
        this(inner, OverridesConfig.DEFAULTS.withCacheTtl(ttl));
    }

    public CachedTenantConfigProvider(TenantConfigProvider inner, OverridesConfig config) {
        this(inner, config, Ticker.systemTicker());
    }

    CachedTenantConfigProvider(TenantConfigProvider inner, OverridesConfig config, Ticker ticker) {
        this.inner = inner;
        this.memory = new VersionedMemory<>(
                inner::snapshot,
                ConfigSnapshot::version,
                new VersionedMemory.Staleness(config.cacheTtl(), config.cacheTtl(), Coverage.NONE, ticker),
                config.cacheSize());
    }

    @Override
    public ConfigSnapshot snapshot(TenantId tenant) {
        return memory.get(tenant);
    }

    @Override
    public ConfigSnapshot apply(TenantId tenant, ConfigUpdate update) {
        try {
            return inner.apply(tenant, update);
        } finally {
            memory.invalidate(tenant); // after a failure too: it may have been stored, or another writer was faster
        }
    }

    /** Forgets this tenant. Nothing that is being loaded now is remembered afterwards. */
    public void invalidate(TenantId tenant) {
        memory.invalidate(tenant);
    }

    /** Forgets everything. Nothing that is being loaded now is remembered afterwards. */
    public void invalidateAll() {
        memory.invalidateAll();
    }
}
