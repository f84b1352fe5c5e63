package dev.lexigram.tenancy.spring.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.cache.Cache;

/**
 * Which epoch each tenant's entries in one cache are in. Clearing a tenant's entries begins another one: what was put, or
 * began to be loaded, before is of an old epoch and counts as absent from then on. Safe for use by many threads.
 */
interface Epochs {

    /** The epoch of this moment. */
    long of(TenantId tenant);

    /** Begins another one, and gives it. */
    long next(TenantId tenant);

    /**
     * Those of this cache, the same for all who divide it. Where entries live in this process, their epochs do, too; else
     * they lie in the cache, so that a clear holds on every node.
     */
    static Epochs of(Cache cache) {
        Object entries = cache.getNativeCache();
        if (entries == null) {
            return new LocalEpochs(); // it keeps nothing
        }
        return isLocal(entries)
                ? LocalEpochs.OF_CACHES.get(entries, any -> new LocalEpochs())
                : new StoredEpochs(cache);
    }

    private static boolean isLocal(Object entries) {
        return entries instanceof ConcurrentHashMap<?, ?>
                || entries instanceof com.github.benmanes.caffeine.cache.Cache<?, ?>;
    }

    /** Counted from 0; whoever never cleared anything takes no room. */
    final class LocalEpochs implements Epochs {

        private static final com.github.benmanes.caffeine.cache.Cache<Object, LocalEpochs> OF_CACHES =
                Caffeine.newBuilder().weakKeys().build();

        private final ConcurrentHashMap<TenantId, Long> epochs = new ConcurrentHashMap<>();

        @Override
        public long of(TenantId tenant) {
            return epochs.getOrDefault(tenant, 0L);
        }

        @Override
        public long next(TenantId tenant) {
            return epochs.merge(tenant, 1L, Long::sum);
        }
    }
}
