package dev.lexigram.tenancy.spring.cache;

import dev.lexigram.tenancy.cache.TenantCacheKey;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;

/**
 * A cache in which each tenant meets its own entries only. Whose an entry is, is decided when a method is called: what
 * happens later, such as a load in another thread or a put after the commit, cannot change it. With no tenant every
 * access is refused.
 *
 * <p>Clearing it removes the entries of the current tenant. Safe for use by many threads if the cache behind is.
 */
final class TenantCache implements Cache {

    private final Cache cache;
    private final UnaryOperator<Cache> decoration;
    private final Epochs epochs;
    private final Supplier<Optional<Cache>> entries;

    private TenantCache(Cache cache, UnaryOperator<Cache> decoration, Epochs epochs) {
        this.cache = cache;
        this.decoration = decoration;
        this.epochs = epochs;
        this.entries = this::ofCurrent;
    }

    private TenantCache(TenantCache divided, Optional<Cache> ofThisMoment) {
        this.cache = divided.cache;
        this.decoration = divided.decoration;
        this.epochs = divided.epochs;
        this.entries = () -> ofThisMoment;
    }

    /** Divides this cache; the decoration is what each operation passes once its tenant is known. */
    static TenantCache of(Cache cache, UnaryOperator<Cache> decoration) {
        return new TenantCache(cache, decoration, Epochs.of(cache));
    }

    /** The same for one piece of work: all it does is for the tenant of this moment, or refused if there is none. */
    TenantCache ofThisMoment() {
        return new TenantCache(this, ofCurrent());
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
        return entries().get(key);
    }

    @Override
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        return entries().get(key, type);
    }

    @Override
    public <T> @Nullable T get(Object key, Callable<T> loader) {
        return entries().get(key, loader);
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        return entries().retrieve(key);
    }

    @Override
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
        return entries().retrieve(key, loader);
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        entries().put(key, value);
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        return entries().putIfAbsent(key, value);
    }

    @Override
    public void evict(Object key) {
        entries().evict(key);
    }

    @Override
    public boolean evictIfPresent(Object key) {
        return entries().evictIfPresent(key);
    }

    @Override
    public void clear() {
        entries().clear();
    }

    @Override
    public boolean invalidate() {
        return entries().invalidate();
    }

    @Override
    public String toString() {
        return "TenantCache[" + getName() + "]";
    }

    private Cache entries() {
        return entries.get()
                .orElseThrow(
                        () -> TenantRequiredException.of(
                                "Cache '" + getName()
                                        + "' is kept by tenant (name it in tenancy.cache.shared if its content is the same for all): it"));
    }

    private Optional<Cache> ofCurrent() {
        return TenantContext.current().map(tenant -> decoration.apply(new TenantEntries(cache, tenant, epochs)));
    }
}
