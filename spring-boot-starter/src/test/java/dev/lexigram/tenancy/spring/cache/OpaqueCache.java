package dev.lexigram.tenancy.spring.cache;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.CacheManager;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.cache.support.SimpleCacheManager;

/** A cache of a kind that nobody knows. */
final class OpaqueCache extends AbstractValueAdaptingCache {

    static CacheManager manager() {
        var manager = new SimpleCacheManager();
        manager.setCaches(List.of(new OpaqueCache()));
        return manager;
    }

    private OpaqueCache() {
        super(true);
    }

    @Override
    protected @Nullable Object lookup(Object key) {
        return null;
    }

    @Override
    public String getName() {
        return "notes";
    }

    @Override
    public Object getNativeCache() {
        return this;
    }

    @Override
    public <T> T get(Object key, Callable<T> loader) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void put(Object key, @Nullable Object value) {}

    @Override
    public void evict(Object key) {}

    @Override
    public void clear() {
        throw new AssertionError("entries of all tenants are gone");
    }
}
