package dev.lexigram.tenancy.spring.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import java.util.function.Supplier;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.cache.transaction.TransactionAwareCacheManagerProxy;

/** The kinds of caches that an application may have. */
enum CacheKind {
    CAFFEINE(CaffeineCacheManager::new),
    CAFFEINE_ASYNC(CacheKind::async),
    CONCURRENT_MAP(ConcurrentMapCacheManager::new),
    JCACHE_BY_VALUE(CacheKind::jcache),
    WRITTEN_OUT(WrittenOutCache::manager),
    IN_TRANSACTIONS(() -> new TransactionAwareCacheManagerProxy(new CaffeineCacheManager()));

    private final Supplier<CacheManager> maker;

    CacheKind(Supplier<CacheManager> maker) {
        this.maker = maker;
    }

    CacheManager manager() {
        return maker.get();
    }

    /** Whether it can say that it held something. */
    boolean isLocal() {
        return this != JCACHE_BY_VALUE && this != WRITTEN_OUT;
    }

    private static CacheManager async() {
        var manager = new CaffeineCacheManager();
        manager.setCaffeine(Caffeine.newBuilder());
        manager.setAsyncCacheMode(true);
        return manager;
    }

    /** By value, which is how JCache starts: keys and values are written out and read in again. */
    private static CacheManager jcache() {
        var caches = Caching.getCachingProvider(CaffeineCachingProvider.class.getName())
                .getCacheManager();
        for (var name : new String[] {"notes", "common"}) {
            if (caches.getCache(name) == null) {
                caches.createCache(name, new MutableConfiguration<>().setStoreByValue(true));
            }
            caches.getCache(name).clear();
        }
        return new JCacheCacheManager(caches);
    }
}
