package dev.lexigram.tenancy.spring.cache;

import com.github.benmanes.caffeine.cache.Cache;
import dev.lexigram.tenancy.cache.TenantCacheKey;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.ConcurrentMap;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/** Removes one tenant's entries from a cache and leaves the others: no cache can do that by itself. */
final class Sweep {

    private static final ClassLoader LOADER = Sweep.class.getClassLoader();
    private static final boolean HAS_CAFFEINE =
            ClassUtils.isPresent("com.github.benmanes.caffeine.cache.Cache", LOADER);
    private static final boolean HAS_JCACHE = ClassUtils.isPresent("javax.cache.Cache", LOADER);
    private static final boolean HAS_TRANSACTIONS = ClassUtils.isPresent(
                    "org.springframework.transaction.support.TransactionSynchronizationManager", LOADER)
            && ClassUtils.isPresent("org.springframework.cache.transaction.TransactionAwareCacheDecorator", LOADER);

    private final org.springframework.cache.Cache cache;

    private Sweep(org.springframework.cache.Cache cache) {
        this.cache = cache;
    }

    static Sweep of(org.springframework.cache.Cache cache) {
        return new Sweep(cache);
    }

    /** Removes them, or has them removed after the commit if that is how the cache works. */
    void remove(TenantId tenant) {
        if (!HAS_TRANSACTIONS || !AfterCommit.remove(this, tenant)) {
            removeNow(tenant);
        }
    }

    /** Removes them at once. @return whether there were any */
    boolean removeNow(TenantId tenant) {
        Object entries = cache.getNativeCache();
        if (entries == null) {
            return false; // it keeps nothing
        }
        if (entries instanceof ConcurrentMap<?, ?> map) {
            return removeKeys(map.keySet(), tenant);
        }
        if (HAS_CAFFEINE && entries instanceof Cache<?, ?> caffeine) {
            return removeKeys(caffeine.asMap().keySet(), tenant);
        }
        if (HAS_JCACHE && entries instanceof javax.cache.Cache<?, ?> jcache) {
            return removeEntries(jcache.iterator(), tenant);
        }
        throw TenantIsolationException.of(
                "Cache '" + cache.getName() + "' (" + cache.getClass().getName()
                        + ") cannot be emptied for one tenant alone, and not for all, as others have entries in it; evict single"
                        + " keys, or use a cache of Caffeine or JCache.");
    }

    private static boolean removeKeys(Collection<?> keys, TenantId tenant) {
        return keys.removeIf(key -> isOf(tenant, key));
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

    /** Only loaded where there are transactions. */
    private static final class AfterCommit {

        static boolean remove(Sweep sweep, TenantId tenant) {
            if (!(sweep.cache instanceof TransactionAwareCacheDecorator)
                    || !TransactionSynchronizationManager.isSynchronizationActive()) {
                return false;
            }
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    sweep.removeNow(tenant);
                }
            });
            return true;
        }
    }
}
