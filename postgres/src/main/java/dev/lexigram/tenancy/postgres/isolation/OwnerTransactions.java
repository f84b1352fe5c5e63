package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Transactions of the role that owns the tables, which forced policies confine to one tenant like any other, and in which
 * nobody else works on this tenant's data. The login behind them may bypass policies; the owner may not.
 */
final class OwnerTransactions implements TenantTransactions {

    private static final String BEGIN = """
            select pg_catalog.set_config('role', ?, true), pg_catalog.set_config('search_path', 'pg_catalog', true),
                   pg_catalog.set_config(?, ?, true),
                   pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('tenancy.rows ' || ?, 0))
            """;

    private final Connection connection;
    private final String owner;
    private final String setting;
    private final TenantId id;

    /** @param connection not in autocommit */
    OwnerTransactions(Connection connection, String owner, String setting, TenantId id) {
        this.connection = connection;
        this.owner = owner;
        this.setting = setting;
        this.id = id;
    }

    @Override
    public <T> T each(Work<T> work) throws SQLException {
        try {
            begin();
            var result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException failure) {
            connection.rollback();
            throw failure;
        }
    }

    private void begin() throws SQLException {
        try (var statement = connection.prepareStatement(BEGIN)) {
            statement.setString(1, owner);
            statement.setString(2, setting);
            statement.setString(3, id.value());
            statement.setString(4, id.value());
            statement.execute();
        }
    }
}
