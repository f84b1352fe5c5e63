package dev.lexigram.tenancy.spring.cache;

import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.spring.TenancyAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** Every cache of the application is kept by tenant, unless {@code tenancy.cache.shared} names it. */
@AutoConfiguration(after = TenancyAutoConfiguration.class)
@ConditionalOnClass(CacheManager.class)
@ConditionalOnBean(TenancyConfig.class)
public class TenancyCacheAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static TenantCacheManagerPostProcessor tenantCacheManagerPostProcessor(
            BeanFactory beans, ObjectProvider<TenancyConfig> config) {
        return new TenantCacheManagerPostProcessor(beans, config);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({EntityManagerFactory.class, SessionFactoryImplementor.class})
    static class OfHibernate {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static SecondLevelCacheCheck tenancySecondLevelCacheCheck() {
            return new SecondLevelCacheCheck();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({MeterRegistry.class, CacheMeterBinderProvider.class})
    static class Metrics {

        @Bean
        TenantCacheMeterBinderProvider tenantCacheMeterBinderProvider(
                ObjectProvider<CacheMeterBinderProvider<?>> providers) {
            return new TenantCacheMeterBinderProvider(providers);
        }
    }
}
