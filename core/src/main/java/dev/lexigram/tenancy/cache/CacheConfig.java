package dev.lexigram.tenancy.cache;

import java.util.List;

/**
 * How caches of the application are kept apart: section {@code cache} of the configuration. Immutable.
 *
 * @param shared names of caches whose content is the same for all tenants; they are left as they are
 */
public record CacheConfig(List<String> shared) {

    public static final CacheConfig DEFAULTS = new CacheConfig(List.of());

    public CacheConfig {
        shared = List.copyOf(shared);
    }

    public CacheConfig withShared(String... shared) {
        return new CacheConfig(List.of(shared));
    }
}
