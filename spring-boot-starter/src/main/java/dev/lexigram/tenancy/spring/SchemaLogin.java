package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.postgres.schema.FlywaySchemaMigrator;
import dev.lexigram.tenancy.postgres.schema.SchemaMigrator;
import dev.lexigram.tenancy.postgres.schema.TenantSchemas;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** Makes schemas with the login that Flyway migrates with, each time on a new connection. */
final class SchemaLogin {

    private SchemaLogin() {}

    /** Empty if that is the login that serves, unless it takes on another role for serving. */
    static Optional<TenantSchemas> schemas(
            TenancyConfig config,
            @Nullable FlywayConnectionDetails flyway,
            @Nullable JdbcConnectionDetails application,
            @Nullable SchemaMigrator migrator) {
        if (flyway == null || flyway.getJdbcUrl() == null || flyway.getUsername() == null) {
            return Optional.empty();
        }
        var serves = application != null && flyway.getUsername().equals(application.getUsername());
        if (serves && config.isolation().assumeRole().isEmpty()) {
            return Optional.empty();
        }
        var provisioner = DataSourceBuilder.create()
                .type(SimpleDriverDataSource.class)
                .url(flyway.getJdbcUrl())
                .username(flyway.getUsername())
                .password(flyway.getPassword())
                .build();
        var fills = migrator != null
                ? migrator
                : FlywaySchemaMigrator.of(config.isolation().schema());
        var schemas = TenantSchemas.of(provisioner, fills, config.isolation());
        return Optional.of(
                config.isolation().assumeRole().map(schemas::withAppRole).orElse(schemas));
    }
}
