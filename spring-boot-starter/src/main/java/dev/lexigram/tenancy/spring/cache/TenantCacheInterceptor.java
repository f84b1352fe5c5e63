package dev.lexigram.tenancy.spring.cache;

import java.util.Collection;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.CacheInterceptor;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationInvocationContext;
import org.springframework.cache.interceptor.CacheResolver;

/**
 * What stands behind the annotations of cached methods: as Spring's, with caches that are divided wherever they come
 * from, and for the tenant that the method was called as. What a method promises for later is put into the cache by the
 * thread that keeps the promise, and that may be at work for another tenant.
 */
final class TenantCacheInterceptor extends CacheInterceptor {

    private static final long serialVersionUID = 1L;

    private final transient TenantCaches caches;

    /** Takes the place of this one, with what it was configured with. */
    TenantCacheInterceptor(CacheInterceptor configured, TenantCaches caches, BeanFactory beans) {
        this.caches = caches;
        configure(configured::getErrorHandler, configured::getKeyGenerator, configured::getCacheResolver, () -> null);
        setCacheOperationSource(configured.getCacheOperationSource());
        setBeanFactory(beans);
    }

    @Override
    protected Collection<? extends Cache> getCaches(
            CacheOperationInvocationContext<CacheOperation> context, CacheResolver resolver) {
        return super.getCaches(context, resolver).stream()
                .map(this::ofThisMoment)
                .toList();
    }

    private Cache ofThisMoment(Cache cache) {
        return caches.divided(cache) instanceof TenantCache divided ? divided.ofThisMoment() : cache;
    }
}
