package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The database of the contract, behind a proxy that counts round trips. Each connection is a new one. */
final class ContractDatabase implements AutoCloseable {

    private final TestDatabase database;
    private final CountingProxy proxy;
    private final Connection migrator;

    ContractDatabase(TestDatabase database) throws IOException, SQLException {
        this.database = database;
        database.execute(Role.MIGRATOR, RowLevelTables.DDL);
        proxy = new CountingProxy(
                URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort());
        migrator = database.as(Role.MIGRATOR).getConnection();
    }

    /** The rows as they were. */
    void reset() throws SQLException {
        RowLevelTest.run(migrator, RowLevelTables.ROWS);
    }

    void asMigrator(String sql) throws SQLException {
        RowLevelTest.run(migrator, sql);
    }

    /** A connection of the driver alone, bound by a setting of its session. */
    Connection ofTheDriver(DriverMode mode) throws SQLException {
        return DriverManager.getConnection(url(mode) + "&options=-c%20tenancy.tenant_id=acme", Role.APP.login(), "");
    }

    TenantDataSource bound(BinderUnderTest binder, DriverMode mode) {
        var connections = binder.connections(url(mode), Role.APP);
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
