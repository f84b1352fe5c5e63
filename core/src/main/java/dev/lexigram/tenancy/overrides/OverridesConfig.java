package dev.lexigram.tenancy.overrides;

import dev.lexigram.tenancy.stores.ConfigLimits;
import java.time.Duration;

/**
 * How per-tenant configuration is remembered and limited: section {@code overrides} of the configuration. Immutable.
 *
 * @param cacheTtl how long a tenant's configuration is remembered; zero for not at all
 * @param cacheSize of how many tenants it is remembered; 0 for none
 */
public record OverridesConfig(Duration cacheTtl, int cacheSize, ConfigLimits limits) {

    public static final OverridesConfig DEFAULTS =
            new OverridesConfig(Duration.ofSeconds(60), 10_000, ConfigLimits.DEFAULTS);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public OverridesConfig {
        if (cacheTtl.isNegative()) {
            throw new IllegalArgumentException("cacheTtl must not be negative but is " + cacheTtl);
        }
        if (cacheSize < 0) {
            throw new IllegalArgumentException("cacheSize must not be negative but is " + cacheSize);
        }
    }

    public OverridesConfig withCacheTtl(Duration cacheTtl) {
        return new OverridesConfig(cacheTtl, cacheSize, limits);
    }

    public OverridesConfig withCacheSize(int cacheSize) {
        return new OverridesConfig(cacheTtl, cacheSize, limits);
    }

    public OverridesConfig withLimits(ConfigLimits limits) {
        return new OverridesConfig(cacheTtl, cacheSize, limits);
    }

    public OverridesConfig withMaxKeys(int maxKeys) {
        return withLimits(new ConfigLimits(maxKeys, limits.maxValueBytes(), limits.maxTotalBytes()));
    }

    public OverridesConfig withMaxValueBytes(int maxValueBytes) {
        return withLimits(new ConfigLimits(limits.maxKeys(), maxValueBytes, limits.maxTotalBytes()));
    }

    public OverridesConfig withMaxTotalBytes(int maxTotalBytes) {
        return withLimits(new ConfigLimits(limits.maxKeys(), limits.maxValueBytes(), maxTotalBytes));
    }
}
