package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Where migrations connect: to the application's database, with Flyway's login if it has one, and never through a
 * DataSource of tenants. Boot would derive the connection from the DataSource bean, which gives no URL away.
 */
record PlainFlywayConnection(FlywayConnectionDetails own, JdbcConnectionDetails application)
        implements FlywayConnectionDetails {

    @Override
    public String getJdbcUrl() {
        return application.getJdbcUrl();
    }

    @Override
    public @Nullable String getUsername() {
        return own.getUsername() != null ? own.getUsername() : application.getUsername();
    }

    @Override
    public @Nullable String getPassword() {
        return own.getUsername() != null ? own.getPassword() : application.getPassword();
    }

    @Override
    public String toString() {
        return "PlainFlywayConnection"; // the generated text would reach passwords
    }

    static void check(FluentConfiguration flyway) {
        if (flyway.getDataSource() instanceof TenantDataSource) {
            throw TenancyConfigurationException.of(List.of("Flyway would migrate through a DataSource of tenants, which"
                    + " is bound to one or to none; set spring.flyway.url, user and password, or mark a plain DataSource"
                    + " with @FlywayDataSource"));
        }
    }

    /** Completes connection details that have no URL of their own. */
    static final class PostProcessor implements BeanPostProcessor {

        private final ObjectProvider<JdbcConnectionDetails> application;

        PostProcessor(ObjectProvider<JdbcConnectionDetails> application) {
            this.application = application;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            return bean instanceof FlywayConnectionDetails own && own.getJdbcUrl() == null ? completed(own) : bean;
        }

        private FlywayConnectionDetails completed(FlywayConnectionDetails own) {
            var known = application.getIfAvailable();
            if (known != null) {
                return new PlainFlywayConnection(own, known);
            }
            if (own.getUsername() == null) {
                return own; // a DataSource marked for Flyway may be there; if not, the check above says so
            }
            throw TenancyConfigurationException.of(
                    List.of("spring.flyway.user is set and the database is not known, as the"
                            + " application makes its DataSource itself; set spring.flyway.url, too"));
        }
    }
}
