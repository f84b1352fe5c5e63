package dev.lexigram.tenancy.postgres.stores;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.lexigram.tenancy.stores.ControlPlaneConfig;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantException;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The control plane's own connections: two at most, given up after two seconds at every step. */
final class ControlPlanePool implements AutoCloseable {

    private static final long BORROW_MILLIS = 2000;
    private static final String NETWORK_SECONDS = "2";

    private final HikariDataSource pool;

    private ControlPlanePool(HikariDataSource pool) {
        this.pool = pool;
    }

    static ControlPlanePool open(ControlPlaneConfig config) {
        var settings = new HikariConfig();
        settings.setPoolName("tenancy-control");
        settings.setJdbcUrl(config.url()
                .orElseThrow(() -> TenancyConfigurationException.of(
                        List.of("control_plane.url is missing; set the JDBC URL of the database that keeps tenants"))));
        config.user().ifPresent(settings::setUsername);
        config.password().ifPresent(settings::setPassword);
        settings.setMaximumPoolSize(2);
        settings.setMinimumIdle(1);
        settings.setConnectionTimeout(BORROW_MILLIS);
        settings.setValidationTimeout(BORROW_MILLIS / 2);
        settings.addDataSourceProperty("connectTimeout", NETWORK_SECONDS);
        settings.addDataSourceProperty("loginTimeout", NETWORK_SECONDS);
        settings.addDataSourceProperty("socketTimeout", NETWORK_SECONDS);
        settings.addDataSourceProperty("logServerErrorDetail", "false");
        settings.addDataSourceProperty("ApplicationName", "tenancy-control");
        try {
            return new ControlPlanePool(new HikariDataSource(settings));
        } catch (PoolInitializationException failure) {
            throw told(failure);
        }
    }

    /** The same database without a pool, for the one connection that listens. */
    static DataSource single(ControlPlaneConfig config) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(config.url().orElseThrow());
        config.user().ifPresent(dataSource::setUser);
        config.password().ifPresent(dataSource::setPassword);
        dataSource.setConnectTimeout(2);
        dataSource.setLoginTimeout(2);
        dataSource.setTcpKeepAlive(true);
        dataSource.setLogServerErrorDetail(false);
        dataSource.setApplicationName("tenancy-bus");
        return dataSource;
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static TenantException told(PoolInitializationException failure) {
        var cause = failure.getCause() instanceof SQLException known ? known : new SQLException();
        if (!SqlFailures.isConfiguration(cause)) {
            return SqlFailures.unavailable(cause);
        }
        var state = SqlFailures.state(cause);
        return TenancyConfigurationException.of(List.of("the control plane cannot log in (SQLSTATE " + state + ", "
                + SqlFailures.meaning(state) + "); check control_plane.url, user and password; roles.sql of"
                + " lexigram-tenancy-postgres, run as a superuser in that database, makes the login tenancy_control"));
    }
}
