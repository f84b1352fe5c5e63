package dev.lexigram.tenancy.postgres.stores;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * A server that repeats what another has written, and may lag: a tenant would still look active there after its
 * suspension. The server tells what it is when a connection is made, so that to look at it costs no round trip.
 */
final class Standby {

    /** read_only_sql_transaction: what a standby answers to a write. */
    static final String STATE = "25006";

    private static final String TOLD = "in_hot_standby";
    private static final String IS_STANDBY = "select pg_catalog.pg_is_in_recovery()";

    private Standby() {}

    /** @throws SQLException with {@link #STATE} if the server is one; the connection is ended, so that no pool keeps it */
    static void refuse(Connection connection) throws SQLException {
        if (mayLag(connection) && isStandby(connection)) {
            connection.abort(Runnable::run);
            throw new SQLException("The server is a standby, which may lag; connect to the primary.", STATE);
        }
    }

    // A pooler may tell nothing, or what was so when it connected itself.
    private static boolean mayLag(Connection connection) throws SQLException {
        return !connection.isWrapperFor(PGConnection.class)
                || !"off".equals(connection.unwrap(PGConnection.class).getParameterStatus(TOLD));
    }

    private static boolean isStandby(Connection connection) throws SQLException {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(IS_STANDBY)) {
            row.next();
            return row.getBoolean(1);
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }
}
