package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Runs the statements of the control plane, on the primary only, and lets no text of the driver out. Safe for use by
 * many threads.
 */
final class ControlPlaneDatabase {

    /**
     * First in every transaction: the defaults of a login or a pool must not decide what a compare-and-set means. A node that
     * stops in the middle loses its transaction, as its locks would keep every other node from suspending the tenant.
     */
    private static final String BEGIN = """
            set transaction isolation level read committed, read write;
            set local idle_in_transaction_session_timeout = '2s'
            """;

    private static final int ATTEMPTS = 3; // more than its own pool has connections

    private final DataSource dataSource;

    /** @throws TenancyConfigurationException if the DataSource belongs to tenants */
    ControlPlaneDatabase(DataSource dataSource) {
        if (dataSource instanceof TenantDataSource) {
            throw TenancyConfigurationException.of(List.of("the control plane was given a TenantDataSource, whose login"
                    + " must not read it; give it a DataSource of its own, with the login tenancy_control"));
        }
        this.dataSource = dataSource;
    }

    /**
     * Work of one statement, which is its own transaction. A pool does not look at a connection that was used a moment ago,
     * so one that the server has ended since is not taken for the answer of the server.
     */
    <T> T read(Work<T> work) {
        for (var attempt = 1; ; attempt++) {
            try {
                return connected(true, work);
            } catch (SQLException failure) {
                if (attempt == ATTEMPTS || !SqlFailures.isEnded(failure)) {
                    throw SqlFailures.unavailable(failure);
                }
            }
        }
    }

    /** All in one transaction, or nothing. */
    <T> T write(Work<T> work) {
        return write(work, SqlFailures::unavailable);
    }

    <T> T write(Work<T> work, Function<SQLException, TenantException> told) {
        try {
            return connected(false, connection -> inTransaction(connection, work));
        } catch (SQLException failure) {
            throw told.apply(failure);
        }
    }

    private <T> T connected(boolean autoCommit, Work<T> work) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            Standby.refuse(connection);
            var before = connection.getAutoCommit();
            connection.setAutoCommit(autoCommit);
            try {
                return work.with(connection);
            } finally {
                orAbort(connection, () -> connection.setAutoCommit(before));
            }
        }
    }

    private static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(BEGIN);
            var result = work.with(connection);
            connection.commit();
            return result;
        } catch (Throwable failure) {
            orAbort(connection, connection::rollback);
            throw failure;
        }
    }

    /** A connection in an unknown state goes back to no pool. */
    private static void orAbort(Connection connection, Step step) throws SQLException {
        try {
            step.run();
        } catch (SQLException broken) {
            connection.abort(Runnable::run);
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }
}
