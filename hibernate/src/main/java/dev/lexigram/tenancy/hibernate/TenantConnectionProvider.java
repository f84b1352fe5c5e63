package dev.lexigram.tenancy.hibernate;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.service.UnknownUnwrapTypeException;
import org.hibernate.service.spi.ServiceRegistryAwareService;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Gives a session connections of the tenant it was opened under, and of no other: those of the DataSource that Hibernate
 * is configured with, which confines them to the current tenant by itself, such as a {@code TenantDataSource}.
 *
 * <p>Made by Hibernate, one for each factory. Safe for use by many threads.
 */
public final class TenantConnectionProvider
        implements MultiTenantConnectionProvider<String>, ServiceRegistryAwareService {

    private static final long serialVersionUID = 1L;

    private transient @Nullable DataSource dataSource;

    @Override
    public void injectServices(ServiceRegistryImplementor registry) {
        var configured = registry.requireService(ConfigurationService.class)
                .getSettings()
                .get(JdbcSettings.DATASOURCE);
        if (!(configured instanceof DataSource confined)) {
            throw TenancyConfigurationException.of(List.of("Hibernate has no DataSource, so its connections would be"
                    + " bound to no tenant; give it the application's, which is bound, by "
                    + JdbcSettings.JAKARTA_NON_JTA_DATASOURCE));
        }
        dataSource = confined;
    }

    /** Of whoever is current: start-up and DDL reach catalogue and shared tables without a tenant. */
    @Override
    public Connection getAnyConnection() throws SQLException {
        return Objects.requireNonNull(dataSource, "dataSource").getConnection();
    }

    /** @throws dev.lexigram.tenancy.tenant.TenantMismatchException if another tenant is current */
    @Override
    public Connection getConnection(String tenantIdentifier) throws SQLException {
        SessionTenant.require(tenantIdentifier);
        return getAnyConnection();
    }

    @Override
    public void releaseAnyConnection(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public void releaseConnection(String tenantIdentifier, Connection connection) throws SQLException {
        connection.close();
    }

    /** No: a statement and its result belong to one borrowing. */
    @Override
    public boolean supportsAggressiveRelease() {
        return false;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
        return type.isInstance(this) || type.isInstance(dataSource);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (!type.isInstance(dataSource)) {
            throw new UnknownUnwrapTypeException(type);
        }
        return type.cast(dataSource);
    }
}
