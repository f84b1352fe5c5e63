package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.stores.TenantStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Health {@code tenantStore}, and both healths of tenancy in readiness. */
@AutoConfiguration(
        after = {TenancyJdbcAutoConfiguration.class, TenancyAutoConfiguration.class},
        afterName =
                "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
@ConditionalOnBean(Tenancy.class)
public class TenancyHealthAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    @ConditionalOnBean(TenantStore.class)
    static class Store {

        @Bean
        @ConditionalOnMissingBean(name = "tenantStoreHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("tenant-store")
        HealthIndicator tenantStoreHealthIndicator(TenantStore store) {
            return new TenantStoreHealthIndicator(store);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthEndpointGroups.class)
    static class Readiness {

        /** Behind the one of Spring Boot that makes the groups, which is last, too. */
        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        ReadinessMembers tenancyReadinessMembers(Environment environment) {
            return new ReadinessMembers(environment);
        }
    }
}
