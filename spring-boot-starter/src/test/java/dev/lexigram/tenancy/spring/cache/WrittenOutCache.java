package dev.lexigram.tenancy.spring.cache;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.CacheManager;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.cache.support.SimpleCacheManager;
import org.springframework.util.SerializationUtils;

/** A cache as one over a network is: keys are text, values bytes, and nobody can walk over what it holds. */
final class WrittenOutCache extends AbstractValueAdaptingCache {

    private final String name;
    private final Map<String, byte[]> entries = new ConcurrentSkipListMap<>();

    static CacheManager manager() {
        var manager = new SimpleCacheManager();
        manager.setCaches(List.of(new WrittenOutCache("notes"), new WrittenOutCache("common")));
        manager.initializeCaches();
        return manager;
    }

    private WrittenOutCache(String name) {
        super(true);
        this.name = name;
    }

    /** Copies what lies under one key to another, as somebody with access to the server can. */
    void copy(Object from, Object to) {
        entries.put(to.toString(), entries.get(from.toString()));
    }

    @Override
    protected @Nullable Object lookup(Object key) {
        var written = entries.get(key.toString());
        return written == null ? null : SerializationUtils.deserialize(written);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Object getNativeCache() {
        return this;
    }

    @Override
    public <T> @Nullable T get(Object key, Callable<T> loader) {
        var found = get(key);
        if (found == null) {
            try {
                put(key, loader.call());
            } catch (Exception failure) {
                throw new ValueRetrievalException(key, loader, failure);
            }
        }
        @SuppressWarnings("unchecked")
        var value = (T) get(key).get();
        return value;
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        entries.put(key.toString(), SerializationUtils.serialize(toStoreValue(value)));
    }

    @Override
    public void evict(Object key) {
        entries.remove(key.toString());
    }

    @Override
    public void clear() {
        throw new AssertionError("entries of all tenants are gone");
    }
}
