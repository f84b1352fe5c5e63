package dev.lexigram.tenancy.spring.cache;

import com.github.benmanes.caffeine.cache.Cache;
import dev.lexigram.tenancy.cache.TenantCacheKey;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives back the room of one tenant's entries that do not count any more, where they live in this process; elsewhere that
 * would take a walk over the network, and they go when they are old or touched.
 */
final class Sweep {

    private Sweep() {}

    /** Removes them. @return whether there were any that could be removed */
    static boolean remove(org.springframework.cache.Cache cache, TenantId tenant) {
        Object entries = cache.getNativeCache();
        if (entries instanceof ConcurrentHashMap<?, ?> map) {
            return removeKeys(map, tenant);
        }
        return entries instanceof Cache<?, ?> caffeine && removeKeys(caffeine.asMap(), tenant);
    }

    private static boolean removeKeys(Map<?, ?> entries, TenantId tenant) {
        return entries.keySet()
                .removeIf(
                        key -> key instanceof TenantCacheKey own && own.tenant().equals(tenant));
    }
}
