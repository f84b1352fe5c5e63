package dev.lexigram.tenancy.postgres.isolation;

import java.sql.Connection;
import java.sql.SQLException;

/** Gives each piece of work a transaction in which the policies show one tenant's rows. Used by one thread. */
interface TenantTransactions {

    /** Does the work and commits it, or neither. */
    <T> T each(Work<T> work) throws SQLException;

    /** Those of a connection that is bound already; a statement may take as long as it does. */
    static TenantTransactions of(Connection bound) {
        return new TenantTransactions() {
            @Override
            public <T> T each(Work<T> work) throws SQLException {
                try {
                    bound.setAutoCommit(false);
                    try (var statement = bound.createStatement()) {
                        statement.execute("set local statement_timeout = 0");
                    }
                    var result = work.on(bound);
                    bound.commit();
                    return result;
                } catch (SQLException | RuntimeException failure) {
                    bound.rollback();
                    throw failure;
                }
            }
        };
    }

    /** What is done in a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
