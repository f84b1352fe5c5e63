package dev.lexigram.tenancy.postgres.schema;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.SchemaConfig;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Schemas in the database of a test, and what can be seen of them. */
final class SchemaFixture {

    static final SchemaMigrator INVOICING = FlywaySchemaMigrator.of(SchemaConfig.DEFAULTS);
    static final SchemaMigrator ONE_TABLE = (provisioner, schema) -> {
        try (var connection = provisioner.getConnection()) {
            Statements.run(connection, "create table if not exists " + schema.sql() + ".note (body text)");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    };

    private SchemaFixture() {}

    static TenantSchemas schemas(TestDatabase database, SchemaMigrator migrator) {
        return TenantSchemas.of(database.as(Role.MIGRATOR), migrator, IsolationConfig.DEFAULTS);
    }

    /** The first column, read by this role. */
    static List<String> read(TestDatabase database, Role role, String sql) throws SQLException {
        return read(database.as(role), sql);
    }

    private static List<String> read(DataSource reader, String sql) throws SQLException {
        try (var connection = reader.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (row.next()) {
                all.add(row.getString(1));
            }
            return all;
        }
    }

    /** The schemas of tenants that there are, by name. */
    static List<String> present(TestDatabase database) throws SQLException {
        return present(database.as(Role.SUPERUSER));
    }

    static List<String> present(DataSource superuser) throws SQLException {
        return read(
                superuser, "select nspname from pg_namespace where nspname ~ '^(tenant|archived)_' order by nspname");
    }

    /** What the application sees of a table while it is bound to this tenant. */
    static List<String> asApp(TestDatabase database, String tenant, String sql) throws SQLException {
        return asApp(database.as(Role.APP), tenant, sql);
    }

    static List<String> asApp(DataSource app, String tenant, String sql) throws SQLException {
        try (var connection = app.getConnection()) {
            connection.setAutoCommit(false);
            Statements.run(connection, "select set_config('tenancy.tenant_id', ?, true)", tenant);
            var rows = Statements.all(connection, sql, row -> row.getString(1));
            connection.commit();
            return rows;
        }
    }
}
