package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
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

    // The owner reads the keys that sign.
    private static final String SEAL = """
            select set_config(?, payload || '.' || encode(
                       sha256(outer_pad || sha256(inner_pad || convert_to(payload, 'UTF8'))), 'hex'), true)
            from (select inner_pad, outer_pad,
                         ?::text || '.' || pg_backend_pid() || '.'
                             || (extract(epoch from clock_timestamp())::bigint + 3600) || '.' || key_id as payload
                  from tenancy.seal_keys where not retired order by key_id limit 1) as sealed
            """;

    private final Connection connection;
    private final String owner;
    private final TenantPolicy policy;
    private final TenantId id;

    /** @param connection not in autocommit */
    OwnerTransactions(Connection connection, String owner, TenantPolicy policy, TenantId id) {
        this.connection = connection;
        this.owner = owner;
        this.policy = policy;
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
            statement.setString(2, policy.settingName());
            statement.setString(3, id.value());
            statement.setString(4, id.value());
            statement.execute();
        }
        if (policy.sealed()) {
            seal();
        }
    }

    private void seal() throws SQLException {
        try (var statement = connection.prepareStatement(SEAL)) {
            statement.setString(1, policy.settingName());
            statement.setString(2, id.value());
            statement.execute();
        }
    }
}
