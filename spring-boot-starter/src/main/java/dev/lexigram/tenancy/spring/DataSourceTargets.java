package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** What stands behind a DataSource that has no connections of its own. */
final class DataSourceTargets {

    private DataSourceTargets() {}

    /** Whether every connection of it comes from a DataSource of tenants. */
    static boolean leadToTenants(DataSource dataSource) {
        return dataSource instanceof AbstractRoutingDataSource routing
                ? targets(routing).allMatch(DataSourceTargets::leadToTenants)
                : tenants(dataSource).isPresent();
    }

    /** The DataSource of tenants that this one is, or that it passes calls on to. */
    static Optional<TenantDataSource> tenants(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(TenantDataSource.class)
                    ? Optional.of(dataSource.unwrap(TenantDataSource.class))
                    : Optional.empty();
        } catch (SQLException | IllegalStateException unknown) { // a router that knows no target now
            return Optional.empty();
        }
    }

    /** A choice among several cannot be made safe as one: each has a server, a login and an audit of its own. */
    static TenancyConfigurationException refused(String beanName) {
        return TenancyConfigurationException.of(List.of("DataSource bean '" + beanName
                + "' chooses among DataSources that are no beans, so they are not made safe for tenants; make each of"
                + " them a bean, or list '" + beanName + "' in tenancy.isolation.exclude if none holds tenants' data"));
    }

    private static Stream<DataSource> targets(AbstractRoutingDataSource routing) {
        return Stream.concat(
                routing.getResolvedDataSources().values().stream(),
                Stream.ofNullable(routing.getResolvedDefaultDataSource()));
    }
}
