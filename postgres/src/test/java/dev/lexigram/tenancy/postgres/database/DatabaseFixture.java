package dev.lexigram.tenancy.postgres.database;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.isolation.Secret;
import dev.lexigram.tenancy.isolation.SecretStore;
import dev.lexigram.tenancy.isolation.TransactionLimits;
import dev.lexigram.tenancy.postgres.schema.Kept;
import dev.lexigram.tenancy.postgres.schema.SchemaMigrator;
import dev.lexigram.tenancy.postgres.schema.Statements;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Databases of tenants on the server of a test, made by the login for that, and what can be seen of them. */
public final class DatabaseFixture {

    public static final SchemaMigrator ONE_TABLE = (provisioner, schema) -> {
        try (var connection = provisioner.getConnection()) {
            Statements.run(connection, "create table " + schema.sql() + ".note (body text)");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    };

    private final TestDatabase database;
    private final SecretStore secrets;
    private final Kept kept = new Kept();

    public DatabaseFixture(TestDatabase database) {
        this.database = database;
        this.secrets = SqlTenantStore.of(kept.of(database.as(Role.CONTROL)))
                .secrets(new Secret("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));
    }

    public TenantDatabases databases(SchemaMigrator migrator) {
        return TenantDatabases.of(server(), migrator, secrets, IsolationConfig.DEFAULTS);
    }

    public TenantPools pools(PoolsConfig config) {
        return TenantPools.of(server(), secrets, config);
    }

    public DatabaseServer server() {
        return DatabaseServer.of(database.jdbcUrl(), Role.PROVISIONER.login(), "");
    }

    /** The same for who does not die, with connections to the application's own database that are kept. */
    TenantDatabases lasting(SchemaMigrator migrator) {
        return TenantDatabases.of(
                server().through(each -> isMain(each) ? kept.of(each) : each),
                migrator,
                secrets,
                IsolationConfig.DEFAULTS);
    }

    private boolean isMain(DataSource each) {
        return each instanceof PGSimpleDataSource source && database.name().equals(source.getDatabaseName());
    }

    SecretStore secrets() {
        return secrets;
    }

    /** The first column, read in this database by this login. */
    public List<String> read(String name, String login, String sql) throws SQLException {
        return read(DriverManager.getConnection(server().url(name, TransactionLimits.NONE), login, ""), sql);
    }

    private static List<String> read(Connection reader, String sql) throws SQLException {
        try (var connection = reader;
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (row.next()) {
                all.add(row.getString(1));
            }
            return all;
        }
    }

    /** The first column, read in the application's own database by a superuser. */
    public List<String> read(String sql) throws SQLException {
        return read(superuser(), sql);
    }

    /** The databases of tenants that there are. */
    public List<String> present() throws SQLException {
        return read("select datname from pg_database where datname ~ '^(tenant|archived|provisioning)_' order by 1");
    }

    /** The logins of tenants that there are. */
    public List<String> logins() throws SQLException {
        return read("select rolname from pg_roles where rolname ~ '^tenant_login_' order by 1");
    }

    /** Leaves nothing behind, whatever a test has left. */
    public void clear() throws SQLException {
        startAnew();
        kept.close();
    }

    void startAnew() throws SQLException {
        try (var connection = superuser()) {
            for (var name : present()) {
                Statements.perform(connection, "drop database \"" + name + "\" with (force)");
            }
            for (var login : logins()) {
                Statements.perform(connection, "drop role \"" + login + "\"");
            }
            Statements.perform(connection, "drop table if exists tenancy.tenant_databases; truncate tenancy.secrets");
        }
    }

    private Connection superuser() throws SQLException {
        return kept.of(database.as(Role.SUPERUSER)).getConnection();
    }
}
