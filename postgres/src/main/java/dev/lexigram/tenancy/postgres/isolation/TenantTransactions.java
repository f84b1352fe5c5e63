package dev.lexigram.tenancy.postgres.isolation;

import java.sql.Connection;
import java.sql.SQLException;

/** Gives each piece of work a transaction in which the policies show one tenant's rows. Used by one thread. */
interface TenantTransactions {

    /** Does the work and commits it, or neither. */
    <T> T each(Work<T> work) throws SQLException;

    /** Those of a connection in autocommit that is bound already: each statement is a transaction. */
    static TenantTransactions of(Connection bound) {
        return new TenantTransactions() {
            @Override
            public <T> T each(Work<T> work) throws SQLException {
                return work.on(bound);
            }
        };
    }

    /** What is done in a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
