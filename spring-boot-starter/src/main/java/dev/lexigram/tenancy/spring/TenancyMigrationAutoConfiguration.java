package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liquibase.integration.spring.SpringLiquibase;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.ApplicationDataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseConnectionDetails;
import org.springframework.boot.sql.autoconfigure.init.ApplicationScriptDatabaseInitializer;
import org.springframework.boot.sql.autoconfigure.init.ConditionalOnSqlInitialization;
import org.springframework.boot.sql.autoconfigure.init.SqlInitializationProperties;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** Who makes tables, and that it is not the login that serves: it runs bound to nothing, on plain connections. */
@AutoConfiguration(after = TenancyJdbcAutoConfiguration.class, before = DataSourceInitializationAutoConfiguration.class)
@ConditionalOnBean(TenantDataSourcePostProcessor.class)
public class TenancyMigrationAutoConfiguration {

    /** Flyway beans that the application makes itself. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Flyway.class)
    static class FlywayMigrations {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static PlainMigrations<Flyway> tenancyFlywayMigrations() {
            return new PlainMigrations<>(
                    "flyway", Flyway.class, flyway -> flyway.getConfiguration().getDataSource());
        }
    }

    /** Liquibase, with its own login or the application's. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SpringLiquibase.class)
    static class LiquibaseMigrations {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static PlainMigrations<SpringLiquibase> tenancyLiquibaseMigrations() {
            return new PlainMigrations<>("liquibase", SpringLiquibase.class, SpringLiquibase::getDataSource);
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        @ConditionalOnClass(LiquibaseConnectionDetails.class)
        static PlainLiquibaseConnection.PostProcessor tenancyLiquibaseConnectionPostProcessor(
                ObjectProvider<JdbcConnectionDetails> application) {
            return new PlainLiquibaseConnection.PostProcessor(application);
        }
    }

    /** {@code schema.sql} and {@code data.sql}, where they have a login of their own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSqlInitialization
    @ConditionalOnProperty("spring.sql.init.username")
    @ConditionalOnMissingBean(ApplicationScriptDatabaseInitializer.class)
    @EnableConfigurationProperties(SqlInitializationProperties.class)
    @Import(DatabaseInitializationDependencyConfigurer.class)
    static class Scripts {

        @Bean
        ApplicationDataSourceScriptDatabaseInitializer dataSourceScriptDatabaseInitializer(
                SqlInitializationProperties properties, ObjectProvider<JdbcConnectionDetails> application) {
            var details = application.getIfAvailable();
            if (details == null) {
                throw TenancyConfigurationException.of(List.of("spring.sql.init.username is set and the database is not"
                        + " known, as the application makes its DataSource itself; run the scripts with Flyway or"
                        + " Liquibase"));
            }
            var plain = DataSourceBuilder.create()
                    .type(SimpleDriverDataSource.class)
                    .url(details.getJdbcUrl())
                    .username(properties.getUsername())
                    .password(properties.getPassword())
                    .build();
            return new ApplicationDataSourceScriptDatabaseInitializer(plain, properties);
        }
    }

    /** Tables that Hibernate would make: what the login that serves may not do ends the start, instead of a line in the log. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HibernatePropertiesCustomizer.class)
    static class Entities {

        private static final String DEFERRED = "spring.jpa.defer-datasource-initialization";

        private static final List<String> ACTIONS =
                List.of("hibernate.hbm2ddl.auto", "jakarta.persistence.schema-generation.database.action");

        @Bean
        HibernatePropertiesCustomizer tenancyHibernateDdl(Environment environment) {
            return properties -> {
                if (environment.getProperty(DEFERRED, Boolean.class, false)) {
                    throw TenancyConfigurationException.of(
                            List.of(DEFERRED + " is true, so Hibernate would start before"
                                    + " the database is initialised and nothing of it is proved; set it to false, and let"
                                    + " migrations make the tables that it made"));
                }
                if (ACTIONS.stream().anyMatch(action -> makesTables(properties, action))) {
                    properties.putIfAbsent("hibernate.hbm2ddl.halt_on_error", true);
                }
            };
        }

        private static boolean makesTables(Map<String, Object> properties, String action) {
            var value = properties.get(action);
            return value != null
                    && !List.of("none", "validate").contains(value.toString().toLowerCase(Locale.ROOT));
        }
    }
}
