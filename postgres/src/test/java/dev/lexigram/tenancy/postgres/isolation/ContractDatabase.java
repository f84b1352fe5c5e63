package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The database of the contract, behind a proxy that counts round trips. Each connection is a new one. */
final class ContractDatabase implements AutoCloseable {

    private final TestDatabase database;
    private final CountingProxy proxy;
    private final Connection migrator;

    ContractDatabase(TestDatabase database) throws IOException, SQLException {
        this.database = database;
        database.execute(Role.MIGRATOR, RowLevelTables.DDL);
        SchemaTables.create(database, RowLevelTest.ACME, RowLevelTest.GLOBEX);
        proxy = new CountingProxy(
                URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort());
        migrator = database.as(Role.MIGRATOR).getConnection();
        reset(false);
        reset(true);
    }

    /** The rows as they were, in the tables that are used. */
    void reset(boolean ownSchema) throws SQLException {
        if (ownSchema) {
            SchemaTables.reset(migrator, RowLevelTest.ACME, RowLevelTest.GLOBEX);
        } else {
            RowLevelTest.run(migrator, RowLevelTables.ROWS);
        }
    }

    void asMigrator(String sql) throws SQLException {
        RowLevelTest.run(migrator, sql);
    }

    /** A connection of the driver alone, bound by settings of its session. */
    Connection ofTheDriver(DriverMode mode, boolean ownSchema) throws SQLException {
        var path = ownSchema ? "%20-c%20search_path=tenant_acme,pg_temp" : "";
        return DriverManager.getConnection(
                url(mode) + "&options=-c%20tenancy.tenant_id=acme" + path, Role.APP.login(), "");
    }

    DataSource bound(BinderUnderTest binder, DriverMode mode, boolean ownSchema) {
        var connections = binder.connections(url(mode), Role.APP);
        if (ownSchema) {
            return SchemaTables.tenants(connections, binder.of(IsolationConfig.DEFAULTS));
        }
        return TenantDataSource.rowLevel(connections, binder.of(IsolationConfig.DEFAULTS), () -> true);
    }

    int roundTrips() {
        return proxy.roundTrips();
    }

    TestDatabase itself() {
        return database;
    }

    @Override
    public void close() throws IOException, SQLException {
        migrator.close();
        proxy.close();
    }

    private String url(DriverMode mode) {
        return "jdbc:postgresql://localhost:" + proxy.port() + "/" + database.name()
                + "?sslmode=disable&gssEncMode=disable&" + mode.properties();
    }
}
