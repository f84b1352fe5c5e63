package dev.lexigram.tenancy.spring.cache;

import dev.lexigram.tenancy.cache.TenantCacheKey;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;

/** The entries of one tenant in a cache that holds those of many. What is loaded for them is loaded as that tenant. */
record TenantEntries(Cache cache, Tenant tenant) implements Cache {

    @Override
    public String getName() {
        return cache.getName();
    }

    @Override
    public Object getNativeCache() {
        return cache.getNativeCache();
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
        return cache.get(own(key));
    }

    @Override
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        return cache.get(own(key), type);
    }

    @Override
    public <T> @Nullable T get(Object key, Callable<T> loader) {
        return cache.get(own(key), () -> TenantContext.callAs(tenant, loader::call));
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        return cache.retrieve(own(key));
    }

    @Override
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
        return cache.retrieve(own(key), () -> TenantContext.callAs(tenant, loader::get));
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        cache.put(own(key), value);
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        return cache.putIfAbsent(own(key), value);
    }

    @Override
    public void evict(Object key) {
        cache.evict(own(key));
    }

    @Override
    public boolean evictIfPresent(Object key) {
        return cache.evictIfPresent(own(key));
    }

    @Override
    public void clear() {
        Sweep.remove(cache, tenant.id());
    }

    @Override
    public boolean invalidate() {
        return Sweep.remove(cache, tenant.id());
    }

    private TenantCacheKey own(Object key) {
        return new TenantCacheKey(tenant.id(), key);
    }
}
