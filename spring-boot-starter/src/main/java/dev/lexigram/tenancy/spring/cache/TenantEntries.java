package dev.lexigram.tenancy.spring.cache;

import dev.lexigram.tenancy.cache.TenantCacheKey;
import dev.lexigram.tenancy.cache.TenantCacheValue;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * The entries of one tenant in a cache that holds those of many. What is loaded for them is loaded as that tenant. Each
 * says whose it is and of which epoch, which is looked at whenever one is read: what is of nobody, of another tenant or of
 * an earlier epoch is removed and counts as absent.
 *
 * <p>The epoch is that of the moment in which they were asked for, so that what one piece of work reads, loads and puts,
 * also after a commit, is gone with a clear that came in between.
 */
final class TenantEntries implements Cache {

    /** How often an entry that does not count is removed before a load goes past the cache. */
    private static final int ATTEMPTS = 3;

    private final Cache cache;
    private final Tenant tenant;
    private final Epochs epochs;
    private volatile LongSupplier epoch;

    TenantEntries(Cache cache, Tenant tenant, Epochs epochs) {
        this.cache = cache;
        this.tenant = tenant;
        this.epochs = epochs;
        this.epoch = now(epochs, tenant);
    }

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
        var found = cache.get(own(key));
        return found == null ? null : opened(key, found.get());
    }

    @Override
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        var found = get(key);
        var value = found == null ? null : found.get();
        if (value != null && type != null && !type.isInstance(value)) {
            throw new IllegalStateException("What is cached is no " + type.getName() + ": "
                    + value.getClass().getName());
        }
        @SuppressWarnings("unchecked") // looked at just now, or the caller wants it unseen
        var own = (T) value;
        return own;
    }

    @Override
    public <T> @Nullable T get(Object key, Callable<T> loader) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var load = new Load<>(loader);
            var found = cache.get(own(key), load);
            if (load.ran) {
                return load.loaded;
            }
            var opened = opened(key, found);
            if (opened != null) {
                @SuppressWarnings("unchecked") // who loaded it under this key had the same type
                var own = (T) opened.get();
                return own;
            }
        }
        try {
            return TenantContext.callAs(tenant, loader::call);
        } catch (Exception failure) {
            throw new ValueRetrievalException(key, loader, failure);
        }
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        var found = cache.retrieve(own(key));
        return found == null
                ? null
                : found.thenApply(stored -> stored == null
                        ? null
                        : opened(key, stored instanceof ValueWrapper wrapper ? wrapper.get() : stored));
    }

    @Override
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
        return retrieve(key, loader, ATTEMPTS);
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        cache.put(own(key), closed(value));
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        var closed = closed(value);
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var there = cache.putIfAbsent(own(key), closed);
            if (there == null) {
                return null;
            }
            var opened = opened(key, there.get());
            if (opened != null) {
                return opened;
            }
        }
        cache.put(own(key), closed);
        return null;
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
        invalidate();
    }

    /** @return whether there were any, if that can be told */
    @Override
    public boolean invalidate() {
        var next = epochs.next(tenant.id());
        epoch = () -> next;
        return Sweep.remove(cache, tenant.id());
    }

    private <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader, int attempts) {
        if (attempts == 0) {
            return TenantContext.callAs(tenant, loader::get);
        }
        var load = new LateLoad<>(loader);
        return cache.<@Nullable Object>retrieve(own(key), load).thenCompose(found -> {
            if (load.ran) {
                return CompletableFuture.completedFuture(load.loaded);
            }
            var opened = opened(key, found);
            if (opened == null) {
                return retrieve(key, loader, attempts - 1);
            }
            @SuppressWarnings("unchecked") // who loaded it under this key had the same type
            var own = (T) opened.get();
            return CompletableFuture.completedFuture(own);
        });
    }

    private TenantCacheKey own(Object key) {
        return new TenantCacheKey(tenant.id(), key);
    }

    /** A cache that fails is heard of where the epoch is needed, as Spring looks after failures there only. */
    private static LongSupplier now(Epochs epochs, Tenant tenant) {
        try {
            var now = epochs.of(tenant.id());
            return () -> now;
        } catch (RuntimeException failure) {
            return () -> {
                throw failure;
            };
        }
    }

    /** A cache that takes no null must be seen to be given one. */
    private @Nullable Object closed(@Nullable Object value) {
        return value == null && !takesNull() ? null : new TenantCacheValue(tenant.id(), epoch.getAsLong(), value);
    }

    private boolean takesNull() {
        return !(cache instanceof AbstractValueAdaptingCache strict) || strict.isAllowNullValues();
    }

    /** What was stored, or null if it does not count; then it is removed. */
    private @Nullable ValueWrapper opened(Object key, @Nullable Object stored) {
        if (stored == null && !takesNull()) {
            return null; // somebody else's load gave nothing, and nothing was kept
        }
        if (stored instanceof TenantCacheValue entry && entry.tenant().equals(tenant.id())) {
            if (entry.epoch() == epoch.getAsLong()) {
                return new SimpleValueWrapper(entry.value());
            }
        } else {
            CacheAlarm.foreign(cache, tenant.id(), stored);
        }
        cache.evict(own(key));
        return null;
    }

    /** Loads as the tenant, and keeps what it gave to whoever asked, even if a clear came in between. */
    private final class Load<T> implements Callable<@Nullable Object> {

        private final Callable<T> loader;
        private volatile @Nullable T loaded;
        private volatile boolean ran;

        Load(Callable<T> loader) {
            this.loader = loader;
        }

        @Override
        public @Nullable Object call() throws Exception {
            loaded = TenantContext.callAs(tenant, loader::call);
            ran = true;
            return closed(loaded);
        }
    }

    /** The same for what is promised. */
    private final class LateLoad<T> implements Supplier<CompletableFuture<@Nullable Object>> {

        private final Supplier<CompletableFuture<T>> loader;
        private volatile @Nullable T loaded;
        private volatile boolean ran;

        LateLoad(Supplier<CompletableFuture<T>> loader) {
            this.loader = loader;
        }

        @Override
        public CompletableFuture<@Nullable Object> get() {
            return TenantContext.callAs(tenant, loader::get).thenApply(value -> {
                loaded = value;
                ran = true;
                return closed(value);
            });
        }
    }
}
