package dev.lexigram.tenancy.postgres.isolation;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a connection was set to when it was borrowed, so that it can go back so. Settings that need a round trip to read
 * are read only before they are changed.
 */
final class BorrowedState {

    private final Connection borrowed;
    private final boolean autoCommit;
    private @Nullable Boolean readOnly;
    private @Nullable Integer isolation;
    private @Nullable Integer networkTimeout;

    BorrowedState(Connection borrowed) throws SQLException {
        this.borrowed = borrowed;
        this.autoCommit = borrowed.getAutoCommit();
    }

    boolean autoCommit() {
        return autoCommit;
    }

    void beforeReadOnly() throws SQLException {
        if (readOnly == null) {
            readOnly = borrowed.isReadOnly();
        }
    }

    void beforeIsolation() throws SQLException {
        if (isolation == null) {
            isolation = borrowed.getTransactionIsolation();
        }
    }

    void beforeNetworkTimeout() throws SQLException {
        if (networkTimeout == null) {
            networkTimeout = borrowed.getNetworkTimeout();
        }
    }

    /** Rolls back what is open, and sets everything as it was. */
    void restore() throws SQLException {
        if (!borrowed.getAutoCommit()) {
            borrowed.rollback();
        }
        if (readOnly != null) {
            borrowed.setReadOnly(readOnly);
        }
        if (isolation != null) {
            borrowed.setTransactionIsolation(isolation);
        }
        if (networkTimeout != null) {
            borrowed.setNetworkTimeout(Runnable::run, networkTimeout);
        }
        borrowed.setAutoCommit(autoCommit);
    }
}
