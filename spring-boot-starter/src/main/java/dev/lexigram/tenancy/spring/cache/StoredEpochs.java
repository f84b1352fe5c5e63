package dev.lexigram.tenancy.spring.cache;

import dev.lexigram.tenancy.cache.TenantCacheEpochKey;
import dev.lexigram.tenancy.cache.TenantCacheValue;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.cache.Cache;

/**
 * Epochs that lie in the cache itself. They are random, so that one that the cache has lost is never the next one again:
 * with the epoch the tenant's entries are lost, too.
 */
record StoredEpochs(Cache cache) implements Epochs {

    @Override
    public long of(TenantId tenant) {
        var key = new TenantCacheEpochKey(tenant);
        var stored = cache.get(key);
        if (stored == null) {
            var fresh = fresh(tenant);
            stored = cache.putIfAbsent(key, fresh);
            if (stored == null) {
                return fresh.epoch();
            }
        }
        if (stored.get() instanceof TenantCacheValue known && known.tenant().equals(tenant)) {
            return known.epoch();
        }
        CacheAlarm.foreign(cache, tenant, stored.get());
        return next(tenant);
    }

    @Override
    public long next(TenantId tenant) {
        var fresh = fresh(tenant);
        cache.put(new TenantCacheEpochKey(tenant), fresh);
        return fresh.epoch();
    }

    private static TenantCacheValue fresh(TenantId tenant) {
        return new TenantCacheValue(tenant, ThreadLocalRandom.current().nextLong(), null);
    }
}
