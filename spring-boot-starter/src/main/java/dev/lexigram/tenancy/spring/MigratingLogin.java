package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.isolation.RowLevelArchive;
import dev.lexigram.tenancy.postgres.schema.FlywaySchemaMigrator;
import dev.lexigram.tenancy.postgres.schema.SchemaMigrator;
import dev.lexigram.tenancy.postgres.schema.TenantSchemas;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * The login that Flyway migrates with, and what is made with it: each time on a new connection.
 *
 * @param connections empty if that is the login that serves, unless it takes on another role for serving
 */
record MigratingLogin(Optional<DataSource> connections) {

    static final MigratingLogin NONE = new MigratingLogin(Optional.empty());

    static MigratingLogin of(
            IsolationConfig config,
            @Nullable FlywayConnectionDetails flyway,
            @Nullable JdbcConnectionDetails application) {
        if (flyway == null || flyway.getJdbcUrl() == null || flyway.getUsername() == null) {
            return NONE;
        }
        var serves = application != null && flyway.getUsername().equals(application.getUsername());
        if (serves && config.assumeRole().isEmpty()) {
            return NONE;
        }
        return new MigratingLogin(Optional.of(DataSourceBuilder.create()
                .type(SimpleDriverDataSource.class)
                .url(flyway.getJdbcUrl())
                .username(flyway.getUsername())
                .password(flyway.getPassword())
                .build()));
    }

    /** Makes schemas of tenants, filled by the application's own migrator or by Flyway. */
    Optional<TenantSchemas> schemas(IsolationConfig config, @Nullable SchemaMigrator migrator) {
        return connections.map(provisioner -> {
            var fills = migrator != null ? migrator : FlywaySchemaMigrator.of(config.schema());
            var schemas = TenantSchemas.of(provisioner, fills, config);
            return config.assumeRole().map(schemas::withAppRole).orElse(schemas);
        });
    }

    /** Keeps the rows of removed tenants. */
    Optional<RowLevelArchive> archive(IsolationConfig config) {
        return connections.map(provisioner -> RowLevelArchive.of(provisioner, config));
    }
}
