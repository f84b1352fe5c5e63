package dev.lexigram.tenancy.spring.cache;

import dev.lexigram.tenancy.cache.TenantCacheKey;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;

/**
 * A cache in which each tenant meets its own entries only. Whose an entry is, is decided when a method is called: what
 * happens later, such as a load in another thread, cannot change it. With no tenant every access is refused.
 *
 * <p>Clearing it removes the entries of the current tenant. Safe for use by many threads if the cache behind is.
 */
final class TenantCache implements Cache {

    private final Cache cache;

    TenantCache(Cache cache) {
        this.cache = cache;
    }

    /** The cache behind, with the entries of all tenants. */
    Cache behind() {
        return cache;
    }

    @Override
    public String getName() {
        return cache.getName();
    }

    /** The native cache with the entries of all tenants, under keys of type {@link TenantCacheKey}. */
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
        var tenant = tenant(); // the loader may run in a thread of the cache
        return cache.get(own(tenant, key), () -> TenantContext.callAs(tenant, loader::call));
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        return cache.retrieve(own(key));
    }

    @Override
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
        var tenant = tenant();
        return cache.retrieve(own(tenant, key), () -> TenantContext.callAs(tenant, loader::get));
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
        Sweep.of(cache).remove(tenant().id());
    }

    @Override
    public boolean invalidate() {
        return Sweep.of(cache).removeNow(tenant().id());
    }

    @Override
    public String toString() {
        return "TenantCache[" + getName() + "]";
    }

    private TenantCacheKey own(Object key) {
        return own(tenant(), key);
    }

    private static TenantCacheKey own(Tenant tenant, Object key) {
        return new TenantCacheKey(tenant.id(), key);
    }

    private Tenant tenant() {
        return TenantContext.current()
                .orElseThrow(
                        () -> TenantRequiredException.of(
                                "Cache '" + getName()
                                        + "' is kept by tenant (name it in tenancy.cache.shared if its content is the same for all): it"));
    }
}
