package dev.lexigram.tenancy.resolution;

import java.time.Duration;

/**
 * How long tenants that were looked up are remembered. Immutable.
 *
 * @param ttl for a known tenant; zero for not at all
 * @param size how many references are remembered
 * @param negativeTtl for an unknown reference
 * @param maxStaleness how old it may be while nobody announces changes; at least a second
 */
public record ValidatorCacheConfig(Duration ttl, int size, Duration negativeTtl, Duration maxStaleness) {

    public static final ValidatorCacheConfig DEFAULTS =
            new ValidatorCacheConfig(Duration.ofSeconds(300), 10_000, Duration.ofSeconds(5), Duration.ofSeconds(30));

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public ValidatorCacheConfig {
        checkAtLeast("validator_cache_ttl", ttl, Duration.ZERO);
        checkAtLeast("negative_ttl", negativeTtl, Duration.ZERO);
        checkAtLeast("max_staleness", maxStaleness, Duration.ofSeconds(1));
        if (size < 0) {
            throw new IllegalArgumentException("validator_cache_size must not be negative but is " + size);
        }
    }

    public ValidatorCacheConfig withTtl(Duration ttl) {
        return new ValidatorCacheConfig(ttl, size, negativeTtl, maxStaleness);
    }

    public ValidatorCacheConfig withSize(int size) {
        return new ValidatorCacheConfig(ttl, size, negativeTtl, maxStaleness);
    }

    public ValidatorCacheConfig withNegativeTtl(Duration negativeTtl) {
        return new ValidatorCacheConfig(ttl, size, negativeTtl, maxStaleness);
    }

    public ValidatorCacheConfig withMaxStaleness(Duration maxStaleness) {
        return new ValidatorCacheConfig(ttl, size, negativeTtl, maxStaleness);
    }

    private static void checkAtLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(name + " must be at least " + least + " but is " + value);
        }
    }
}
