package dev.lexigram.tenancy.postgres.driver;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOperation;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandler;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Executes as the driver does, in the company that the escort wants. Without an escort, while the connection is in its
 * pool, it does nothing else than the driver.
 */
final class EscortedExecutor {

    private static final String NOT_SUPPORTED = "0A000"; // feature_not_supported

    private final QueryExecutor executor;
    private final ReentrantLock lock = new ReentrantLock(); // an execution may be several calls of the driver
    private final Pipelines pipelines;
    private volatile @Nullable Escort escort;
    private String place = ""; // where names were looked up last

    EscortedExecutor(QueryExecutor executor) throws SQLException {
        this.executor = executor;
        this.pipelines = new Pipelines(executor);
    }

    /** From now on nothing is executed without this escort. */
    void occupy(Escort newcomer, CompanionTexts texts, String value, boolean named) throws SQLException {
        lock.lock();
        try {
            lookIn(texts.decidesNames() ? value : "");
            pipelines.equip(texts, value, named && executor.getPreferQueryMode() != PreferQueryMode.SIMPLE);
            escort = newcomer;
        } finally {
            lock.unlock();
        }
    }

    /** The same text names other tables elsewhere, perhaps with other columns: what was prepared for these does not fit. */
    private void lookIn(String newPlace) {
        if (!newPlace.equals(place)) {
            place = newPlace;
            DriverInternals.forgetPrepared(executor);
        }
    }

    /** The companions of what is executed from now on carry this value. */
    void setValue(String value) throws SQLException {
        lock.lock();
        try {
            pipelines.setValue(value);
        } finally {
            lock.unlock();
        }
    }

    void vacate() {
        escort = null;
    }

    boolean mayHearNotifications() {
        var present = escort;
        return present == null || present.mayHearNotifications();
    }

    void execute(Work work, Execution how) throws SQLException {
        var present = escort;
        if (present == null || isEmpty(work)) {
            work.run(executor, how);
            return;
        }
        lock.lock();
        try {
            if (how.has(QueryExecutor.QUERY_DESCRIBE_ONLY)) {
                describe(present, work, how);
                return;
            }
            var state = executor.getTransactionState();
            var script = work.plan(present, state, how.has(QueryExecutor.QUERY_SUPPRESS_BEGIN));
            attempt(present, first -> execute(work, how, script, first));
        } finally {
            lock.unlock();
        }
    }

    void fetch(ResultCursor cursor, ResultHandler results, int fetchSize, boolean adaptiveFetch) throws SQLException {
        var present = escort;
        if (present == null) {
            executor.fetch(cursor, results, fetchSize, adaptiveFetch);
            return;
        }
        lock.lock();
        try {
            present.admit();
            attempt(present, first -> executor.fetch(cursor, results, fetchSize, adaptiveFetch));
        } finally {
            lock.unlock();
        }
    }

    /** COPY has no place for companions, so they go before it; in a transaction of its own it would be without them. */
    CopyOperation startCopy(String sql, boolean autoCommit) throws SQLException {
        var present = escort;
        if (present == null) {
            return executor.startCopy(sql, autoCommit);
        }
        lock.lock();
        try {
            var state = executor.getTransactionState();
            if (autoCommit && state == TransactionState.IDLE) {
                if (present.letsUnbound()) {
                    return executor.startCopy(sql, true);
                }
                throw new SQLFeatureNotSupportedException(
                        "COPY in autocommit would run without its tenant; call setAutoCommit(false) first.",
                        NOT_SUPPORTED);
            }
            var script = present.plan(sql, state, autoCommit);
            var started = new CopyOperation[1];
            attempt(present, first -> {
                if (!script.isEmpty()) {
                    pipelines.runCompanions(script, autoCommit);
                }
                started[0] = copy(sql, autoCommit);
            });
            return started[0];
        } finally {
            lock.unlock();
        }
    }

    byte @Nullable [] fastpathCall(int function, ParameterList parameters, boolean suppressBegin) throws SQLException {
        var present = escort;
        if (present == null || present.letsUnbound()) {
            return executor.fastpathCall(function, parameters, suppressBegin);
        }
        throw new SQLFeatureNotSupportedException(
                "Large objects and other calls by the fast path are not confined by row-level policies; use bytea or text.",
                NOT_SUPPORTED);
    }

    private CopyOperation copy(String sql, boolean autoCommit) throws SQLException {
        try {
            return executor.startCopy(sql, autoCommit);
        } catch (SQLException failure) {
            if (NOT_SUPPORTED.equals(failure.getSQLState())) {
                throw new SQLFeatureNotSupportedException(
                        "PostgreSQL does not COPY into a table with row-level policies; insert the rows in batches"
                                + " (reWriteBatchedInserts=true makes that fast).",
                        NOT_SUPPORTED,
                        failure);
            }
            throw failure;
        }
    }

    /** Nothing is executed. What has to go before it goes on its own; where no transaction is open, in one that is undone. */
    private void describe(Escort escort, Work work, Execution how) throws SQLException {
        var state = executor.getTransactionState();
        if (!pipelines.decideNames() || state == TransactionState.FAILED || !looksUp(escort, work)) {
            work.run(executor, how);
            return;
        }
        var undone = state == TransactionState.IDLE && how.has(QueryExecutor.QUERY_SUPPRESS_BEGIN);
        var script = escort.plan("", state, false);
        try {
            attempt(escort, first -> {
                if (!script.isEmpty()) {
                    pipelines.runCompanions(script, false);
                }
                work.run(executor, how);
            });
        } finally {
            if (undone) {
                pipelines.rollback();
            }
        }
    }

    private void execute(Work work, Execution how, Script script, FirstFailure first) throws SQLException {
        var alone =
                how.has(QueryExecutor.QUERY_SUPPRESS_BEGIN) && executor.getTransactionState() == TransactionState.IDLE;
        if (script.isEmpty()) {
            work.run(executor, how);
        } else if (alone && script.end() != Script.Lead.NOTHING && pipelines.wouldBreakUp(script, work, how)) {
            if (!script.isOneTransaction()) {
                throw new SQLFeatureNotSupportedException(
                        "Statements that begin and end transactions cannot be sent together here; execute them one by one.",
                        NOT_SUPPORTED);
            }
            pipelines.runInTransaction(script, work, how, first);
        } else {
            pipelines.run(script, work, how, first);
        }
    }

    private static boolean looksUp(Escort escort, Work work) {
        return Arrays.stream(work.statements()).anyMatch(statement -> escort.looksUp(statement.getNativeSql()));
    }

    private static boolean isEmpty(Work work) {
        for (Query statement : work.statements()) {
            if (!statement.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Something that is sent; it may say what failed first, where what it raises is something else. */
    private interface Attempt {
        void run(FirstFailure first) throws SQLException;
    }

    private static void attempt(Escort escort, Attempt attempt) throws SQLException {
        var first = new FirstFailure();
        try {
            attempt.run(first);
        } catch (SQLException | RuntimeException | Error failure) {
            escort.failed(first.or(failure));
            throw failure;
        }
        escort.succeeded();
    }
}
