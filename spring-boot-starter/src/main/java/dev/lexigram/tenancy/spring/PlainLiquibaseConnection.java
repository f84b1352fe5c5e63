package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseConnectionDetails;

/**
 * Where Liquibase connects: to the application's database, with Liquibase's login if it has one, and never through a
 * DataSource of tenants. Boot would derive the connection from the DataSource bean, which gives no URL away.
 */
record PlainLiquibaseConnection(LiquibaseConnectionDetails own, JdbcConnectionDetails application)
        implements LiquibaseConnectionDetails {

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
        return "PlainLiquibaseConnection"; // the generated text would reach passwords
    }

    /** Completes connection details that have no URL of their own. */
    static final class PostProcessor implements BeanPostProcessor {

        private final ObjectProvider<JdbcConnectionDetails> application;

        PostProcessor(ObjectProvider<JdbcConnectionDetails> application) {
            this.application = application;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            return bean instanceof LiquibaseConnectionDetails own && own.getJdbcUrl() == null ? completed(own) : bean;
        }

        private LiquibaseConnectionDetails completed(LiquibaseConnectionDetails own) {
            var known = application.getIfAvailable();
            if (known != null) {
                return new PlainLiquibaseConnection(own, known);
            }
            if (own.getUsername() == null) {
                return own; // a DataSource marked for Liquibase may be there; if not, the check of its bean says so
            }
            throw TenancyConfigurationException.of(
                    List.of("spring.liquibase.user is set and the database is not known, as the"
                            + " application makes its DataSource itself; set spring.liquibase.url, too"));
        }
    }
}
