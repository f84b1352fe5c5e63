package dev.lexigram.tenancy.postgres.isolation;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the transactions of one lease, and checks the binding before each commit. Where the application sees autocommit,
 * each execution is a transaction of its own; between executions the driver is in autocommit, too, so that its own
 * catalogue queries leave no transaction open.
 */
final class PlainTransaction {

    private static final Logger LOG = LoggerFactory.getLogger(PlainTransaction.class);
    private static final String FAILED_TRANSACTION = "25P02"; // in_failed_sql_transaction

    private final Lease lease;
    private final Connection borrowed;
    private final BindingStatements statements;
    private final ReentrantLock lock = new ReentrantLock(); // an execution is several calls of the driver
    private boolean autoCommit;
    private TransactionBinding binding = TransactionBinding.NONE;

    PlainTransaction(Lease lease, BindingSql sql, BoundValue value) {
        this.lease = lease;
        this.borrowed = lease.borrowed();
        this.statements = new BindingStatements(sql, borrowed, value);
        this.autoCommit = lease.state().autoCommit();
    }

    /** What reaches the server. */
    interface Execution {
        @Nullable
        Object run() throws SQLException;
    }

    /** What makes a savepoint. */
    interface SavepointCreation {
        Savepoint run() throws SQLException;
    }

    /** Whether the application sees autocommit. */
    boolean isAutoCommit() {
        return autoCommit;
    }

    /** Runs what executes this text, bound; in autocommit it is committed, or rolled back if it fails. */
    @Nullable
    Object execute(SqlText text, Execution execution) throws SQLException {
        lease.check();
        if (text.controlsTransactions()) {
            throw new SQLFeatureNotSupportedException(
                    "Transaction control in the text of a statement is not supported, as it would end the binding"
                            + " to the tenant unseen; use setAutoCommit, commit, rollback and setSavepoint of the connection.",
                    "0A000");
        }
        lease.beforeText(text);
        lock.lock();
        try {
            return autoCommit ? executeAlone(text, execution) : executeInside(text, execution);
        } finally {
            lock.unlock();
        }
    }

    void commit() throws SQLException {
        lease.check();
        if (autoCommit) {
            borrowed.commit(); // the driver knows how to complain
        } else {
            commitChecked();
        }
    }

    /** Allowed under every tenant; after an eviction there is nothing left to roll back. */
    void rollback() throws SQLException {
        if (lease.isEvicted()) {
            return;
        }
        lease.requireOpen();
        try {
            borrowed.rollback();
            binding = TransactionBinding.NONE;
        } catch (SQLException failure) {
            if (!autoCommit) {
                lease.doubt();
            }
            throw failure;
        }
    }

    /** As {@link #rollback()}. */
    void rollback(Savepoint savepoint) throws SQLException {
        if (lease.isEvicted()) {
            return;
        }
        lease.requireOpen();
        suspect();
        borrowed.rollback(savepoint);
    }

    Savepoint savepoint(SavepointCreation creation) throws SQLException {
        lease.check();
        if (!autoCommit) {
            bind();
        }
        return creation.run();
    }

    void release(Savepoint savepoint) throws SQLException {
        lease.check();
        suspect();
        borrowed.releaseSavepoint(savepoint);
    }

    void setAutoCommit(boolean wanted) throws SQLException {
        lease.requireOpen();
        if (wanted == autoCommit) {
            return;
        }
        if (wanted && binding != TransactionBinding.NONE) {
            commit();
        }
        borrowed.setAutoCommit(wanted);
        autoCommit = wanted;
    }

    /** Ends the lease; what is open is rolled back. */
    void close() throws SQLException {
        if (!lease.isOver()) {
            try {
                statements.close();
            } catch (SQLException failure) {
                lease.doubt();
            }
        }
        lease.release();
    }

    /** Something failed: what the binding is now cannot be told from here. */
    void suspect() {
        if (binding == TransactionBinding.MADE) {
            binding = TransactionBinding.UNSURE;
        }
    }

    private @Nullable Object executeInside(SqlText text, Execution execution) throws SQLException {
        if (!(text.setsTransaction() && binding == TransactionBinding.NONE)) {
            bind();
        }
        var sure = false;
        try {
            var result = execution.run();
            sure = !text.mayUnbind();
            return result;
        } finally {
            if (!sure) {
                suspect();
            }
        }
    }

    private @Nullable Object executeAlone(SqlText text, Execution execution) throws SQLException {
        borrowed.setAutoCommit(false);
        var committed = false;
        try {
            var result = executeInside(text, execution);
            commitChecked();
            committed = true;
            return result;
        } finally {
            endAlone(committed);
        }
    }

    private void endAlone(boolean committed) {
        if (lease.isOver()) {
            return;
        }
        try {
            if (!committed) {
                borrowed.rollback(); // else the driver commits on its way back to autocommit
            }
            borrowed.setAutoCommit(true);
            binding = TransactionBinding.NONE;
        } catch (SQLException failure) {
            lease.evict();
        }
    }

    private void commitChecked() throws SQLException {
        if (binding == TransactionBinding.NONE) {
            borrowed.commit();
            return;
        }
        try {
            bind();
            suspect(); // whatever happens now, short of success
            guarded(() -> lease.heard(statements.checkAndCommit()));
        } catch (SQLException failure) {
            if (!FAILED_TRANSACTION.equals(failure.getSQLState())) {
                throw failure;
            }
            borrowed.commit(); // of a failed transaction: the server makes it a rollback
        }
        binding = TransactionBinding.NONE;
    }

    private void bind() throws SQLException {
        if (binding == TransactionBinding.NONE) {
            guarded(statements::bind);
        } else if (binding == TransactionBinding.UNSURE) {
            guarded(statements::renew);
        }
        binding = TransactionBinding.MADE;
    }

    private void guarded(BindingCall call) throws SQLException {
        try {
            call.run();
        } catch (SQLException failure) {
            if (BindingSql.tellsWrongRole(failure) || BindingSql.tellsChange(failure)) {
                rollBack();
            }
            var broken = BrokenBinding.told(failure, lease);
            if (broken != null) {
                throw broken;
            }
            throw failure;
        }
    }

    private void rollBack() {
        try {
            borrowed.rollback();
        } catch (SQLException failure) {
            LOG.debug("The rollback before an eviction failed: {}", failure.getMessage());
        }
    }

    private interface BindingCall {
        void run() throws SQLException;
    }
}
