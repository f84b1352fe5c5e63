package dev.lexigram.tenancy.spring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.isolation.SystemScopeConfig;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The connections that read across tenants: two at most, opened when they are needed, and no bean that others could get. */
final class SystemScopePool implements AutoCloseable {

    private final HikariDataSource pool;

    private SystemScopePool(HikariDataSource pool) {
        this.pool = pool;
    }

    /** @param applicationUrl where the application's own database is, if that is known */
    static SystemScopePool open(SystemScopeConfig config, @Nullable String applicationUrl) {
        var settings = new HikariConfig();
        settings.setPoolName("tenancy-system-scope");
        settings.setJdbcUrl(config.url()
                .or(() -> Optional.ofNullable(applicationUrl))
                .orElseThrow(() -> TenancyConfigurationException.of(List.of("system_scope.url is missing and the"
                        + " application's connection is not known; set the JDBC URL of the database to read"))));
        config.user().ifPresent(settings::setUsername);
        config.password().ifPresent(settings::setPassword);
        settings.setMaximumPoolSize(2);
        settings.setMinimumIdle(0);
        settings.setInitializationFailTimeout(-1);
        settings.setConnectionTimeout(2000);
        settings.setIdleTimeout(60_000);
        settings.addDataSourceProperty("logServerErrorDetail", "false");
        settings.addDataSourceProperty("ApplicationName", "tenancy-system-scope");
        return new SystemScopePool(new HikariDataSource(settings));
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
