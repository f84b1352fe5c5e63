package dev.lexigram.tenancy.spring.cache;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.cache.Cache;
import org.springframework.core.ResolvableType;

/** Measures the cache behind a guarded one, as if it were there alone. No meter says anything of tenants. */
final class TenantCacheMeterBinderProvider implements CacheMeterBinderProvider<TenantCache> {

    private final ObjectProvider<CacheMeterBinderProvider<?>> providers;

    TenantCacheMeterBinderProvider(ObjectProvider<CacheMeterBinderProvider<?>> providers) {
        this.providers = providers;
    }

    @Override
    public @Nullable MeterBinder getMeterBinder(TenantCache cache, Iterable<Tag> tags) {
        return providers
                .orderedStream()
                .filter(provider -> provider != this && measures(provider, cache.behind()))
                .map(provider -> meters(provider, cache.behind(), tags))
                .findFirst()
                .orElse(null);
    }

    private static boolean measures(CacheMeterBinderProvider<?> provider, Cache cache) {
        return ResolvableType.forInstance(provider)
                .as(CacheMeterBinderProvider.class)
                .getGeneric()
                .isInstance(cache);
    }

    @SuppressWarnings("unchecked") // asked just before
    private static <C extends Cache> @Nullable MeterBinder meters(
            CacheMeterBinderProvider<?> provider, Cache cache, Iterable<Tag> tags) {
        return ((CacheMeterBinderProvider<C>) provider).getMeterBinder((C) cache, tags);
    }
}
