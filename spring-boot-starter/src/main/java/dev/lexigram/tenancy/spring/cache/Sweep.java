package dev.lexigram.tenancy.spring.cache;

import com.github.benmanes.caffeine.cache.Cache;
import dev.lexigram.tenancy.cache.TenantCacheKey;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import org.springframework.util.ClassUtils;

/** Removes one tenant's entries from a cache and leaves the others: no cache can do that by itself. */
final class Sweep {

    private static final ClassLoader LOADER = Sweep.class.getClassLoader();
    private static final boolean HAS_CAFFEINE =
            ClassUtils.isPresent("com.github.benmanes.caffeine.cache.Cache", LOADER);
    private static final boolean HAS_JCACHE = ClassUtils.isPresent("javax.cache.Cache", LOADER);

    private Sweep() {}

    /** Removes them. @return whether there were any */
    static boolean remove(org.springframework.cache.Cache cache, TenantId tenant) {
        Object entries = cache.getNativeCache();
        if (entries == null) {
            return false; // it keeps nothing
        }
        if (entries instanceof ConcurrentMap<?, ?> map) {
            return removeKeys(map, tenant);
        }
        if (HAS_CAFFEINE && entries instanceof Cache<?, ?> caffeine) {
            return removeKeys(caffeine.asMap(), tenant);
        }
        if (HAS_JCACHE && entries instanceof javax.cache.Cache<?, ?> jcache) {
            return removeEntries(jcache.iterator(), tenant);
        }
        throw TenantIsolationException.of(
                "Cache '" + cache.getName() + "' (" + cache.getClass().getName()
                        + ") cannot be emptied for one tenant alone, and not for all, as others have entries in it; evict single"
                        + " keys, or use a cache of Caffeine or JCache.");
    }

    /** One by one: the set of the keys may be a copy, as that of a distributed map. */
    private static boolean removeKeys(ConcurrentMap<?, ?> map, TenantId tenant) {
        var found = false;
        for (var key : List.copyOf(map.keySet())) {
            found |= isOf(tenant, key) && map.remove(key) != null;
        }
        return found;
    }

    private static boolean removeEntries(Iterator<? extends javax.cache.Cache.Entry<?, ?>> entries, TenantId tenant) {
        var found = false;
        while (entries.hasNext()) {
            if (isOf(tenant, entries.next().getKey())) {
                entries.remove();
                found = true;
            }
        }
        return found;
    }

    private static boolean isOf(TenantId tenant, Object key) {
        return key instanceof TenantCacheKey own && own.tenant().equals(tenant);
    }
}
