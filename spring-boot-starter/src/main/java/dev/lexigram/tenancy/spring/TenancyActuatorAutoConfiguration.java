package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.postgres.isolation.WouldBeRefusals;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an operator is told: whether connections are bound to their tenant just now, and by which binder. */
@AutoConfiguration(after = {TenancyJdbcAutoConfiguration.class, TenancyAutoConfiguration.class})
@ConditionalOnBean(TenantDataSourcePostProcessor.class)
public class TenancyActuatorAutoConfiguration {

    /** Health {@code tenantIsolation}, {@code tenantBus} and {@code tenantOutbox}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class Health {

        @Bean
        @ConditionalOnMissingBean(name = "tenantIsolationHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("tenant-isolation")
        HealthIndicator tenantIsolationHealthIndicator(
                TenantDataSourcePostProcessor pools,
                TenancyConfig config,
                WouldBeRefusals refusals,
                IsolationProof proof) {
            var isolation = config.isolation();
            return new TenantIsolationHealthIndicator(pools, isolation, new Adoption(isolation, refusals), proof);
        }

        @Bean
        @ConditionalOnBean(Tenancy.class)
        @ConditionalOnMissingBean(name = "tenantBusHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("tenant-bus")
        HealthIndicator tenantBusHealthIndicator(Tenancy tenancy, TenancyConfig config) {
            return new TenantBusHealthIndicator(tenancy, config);
        }

        @Bean
        @ConditionalOnBean(Tenancy.class)
        @ConditionalOnMissingBean(name = "tenantOutboxHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("tenant-outbox")
        HealthIndicator tenantOutboxHealthIndicator(Tenancy tenancy) {
            return new TenantOutboxHealthIndicator(tenancy);
        }
    }

    /** Section {@code tenancy} of the info endpoint. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
    static class Info {

        @Bean
        @ConditionalOnEnabledInfoContributor("tenancy")
        InfoContributor tenancyInfoContributor(
                TenantDataSourcePostProcessor pools, TenancyConfig config, WouldBeRefusals refusals) {
            var adoption = new Adoption(config.isolation(), refusals);
            return info -> {
                var details = new LinkedHashMap<String, Object>(adoption.details());
                details.put("binders", binders(pools));
                info.withDetail("tenancy", details);
            };
        }

        private static Map<String, String> binders(TenantDataSourcePostProcessor pools) {
            var binders = new LinkedHashMap<String, String>();
            pools.pools().forEach(pool -> binders.put(pool.name(), pool.known()));
            return binders;
        }
    }
}
