package dev.lexigram.tenancy.spring.cache;

import dev.lexigram.tenancy.TenancyConfig;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.core.Ordered;

/**
 * Keeps the caches of every CacheManager bean by tenant, but for those that are declared shared. The bean stays of its
 * own class where a proxy can be of it, so that it can be injected as before.
 */
final class TenantCacheManagerPostProcessor implements BeanPostProcessor, Ordered {

    private final ObjectProvider<TenancyConfig> config;

    TenantCacheManagerPostProcessor(ObjectProvider<TenancyConfig> config) {
        this.config = config;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof CacheManager manager ? guarded(manager) : bean;
    }

    private Object guarded(CacheManager manager) {
        var proxy = new ProxyFactory(manager);
        proxy.setProxyTargetClass(!Modifier.isFinal(manager.getClass().getModifiers()));
        proxy.addAdvice(new Guard(config));
        return proxy.getProxy(manager.getClass().getClassLoader());
    }

    /** Hands out each cache behind its guard. */
    private static final class Guard implements MethodInterceptor {

        private final ObjectProvider<TenancyConfig> config;
        private final Map<Cache, Cache> guarded = new ConcurrentHashMap<>();

        Guard(ObjectProvider<TenancyConfig> config) {
            this.config = config;
        }

        @Override
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            var result = invocation.proceed();
            return result instanceof Cache cache ? guarded(cache) : result;
        }

        private Cache guarded(Cache cache) {
            return cache instanceof TenantCache
                            || config.getObject().cache().shared().contains(cache.getName())
                    ? cache
                    : guarded.computeIfAbsent(cache, TenantCache::new);
        }
    }
}
