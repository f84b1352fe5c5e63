package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.hibernate.TenantSessions;
import java.util.Collections;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Hibernate's sessions and caches belong to one tenant, where {@code lexigram-tenancy-hibernate} is there. Whoever has a
 * resolver or a connection provider of his own keeps both; while an application is observed, nothing is refused.
 */
@AutoConfiguration(before = HibernateJpaAutoConfiguration.class)
@ConditionalOnClass({TenantSessions.class, HibernatePropertiesCustomizer.class, CurrentTenantIdentifierResolver.class})
@Conditional(OnTenancyConfig.Enforced.class)
public class TenancyHibernateAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean({CurrentTenantIdentifierResolver.class, MultiTenantConnectionProvider.class})
    HibernatePropertiesCustomizer tenancyHibernateSessions() {
        return properties -> {
            var settings = TenantSessions.settings();
            if (Collections.disjoint(properties.keySet(), settings.keySet())) {
                properties.putAll(settings);
            }
        };
    }
}
