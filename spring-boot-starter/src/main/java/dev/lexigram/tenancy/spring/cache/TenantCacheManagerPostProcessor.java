package dev.lexigram.tenancy.spring.cache;

import dev.lexigram.tenancy.TenancyConfig;
import java.lang.reflect.Modifier;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheInterceptor;
import org.springframework.core.Ordered;

/**
 * Keeps the caches of every CacheManager bean, every Cache bean and whatever the annotations of cached methods use by
 * tenant, but for those that are declared shared. A manager stays of its own class where a proxy can be of it, so that it
 * can be injected as before; a Cache bean becomes another object, as methods of Spring's own caches are final.
 */
final class TenantCacheManagerPostProcessor implements BeanPostProcessor, Ordered {

    private final BeanFactory beans;
    private final TenantCaches caches;

    TenantCacheManagerPostProcessor(BeanFactory beans, ObjectProvider<TenancyConfig> config) {
        this.beans = beans;
        this.caches = new TenantCaches(config);
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        return bean.getClass() == CacheInterceptor.class
                ? new TenantCacheInterceptor((CacheInterceptor) bean, caches, beans)
                : bean;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof CacheManager manager) {
            return guarded(manager);
        }
        return bean instanceof Cache cache ? caches.divided(cache) : bean;
    }

    private Object guarded(CacheManager manager) {
        var proxy = new ProxyFactory(manager);
        proxy.setProxyTargetClass(!Modifier.isFinal(manager.getClass().getModifiers()));
        proxy.addAdvice((MethodInterceptor) call -> {
            var given = call.proceed();
            return given instanceof Cache cache ? caches.divided(cache) : given;
        });
        return proxy.getProxy(manager.getClass().getClassLoader());
    }
}
