package dev.lexigram.tenancy.postgres.isolation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a pooler such as PgBouncer stands before the server. A pooler tells its client of another process
 * than the one that answers. If it pools sessions, two connections that are open at once keep one process each, also when
 * they are asked in an irregular order, which neither the pooler's own order nor a lucky moment looks like.
 *
 * <p>Directly on the server this takes one round trip.
 */
final class PoolerProbe {

    private static final Logger LOG = LoggerFactory.getLogger(PoolerProbe.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3); // a pool of one has no second connection
    private static final String TURNS = "112212112122";

    private final DataSource pool;

    PoolerProbe(DataSource pool) {
        this.pool = pool;
    }

    /** @throws SQLException if the pool gives no connection, or the server does not answer */
    Pooler pooler() throws SQLException {
        try (var first = pool.getConnection()) {
            if (isOwnProcess(first)) {
                return Pooler.NONE;
            }
            return isShared(first) ? Pooler.TRANSACTIONS : Pooler.SESSIONS;
        }
    }

    private static boolean isOwnProcess(Connection connection) throws SQLException {
        return connection.isWrapperFor(PGConnection.class)
                && connection.unwrap(PGConnection.class).getBackendPID() == process(connection);
    }

    private boolean isShared(Connection first) throws SQLException {
        var borrowed = CompletableFuture.supplyAsync(this::another, PoolerProbe::inThreadOfItsOwn);
        try (var second = borrowed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            return !areSteadyInTime(first, second);
        } catch (TimeoutException | ExecutionException | SQLException failure) {
            LOG.debug("Which kind of pooler it is cannot be told: {}", failure.toString());
            borrowed.thenAccept(PoolerProbe::giveBack); // it may come yet
            return true;
        } catch (InterruptedException interrupted) {
            borrowed.thenAccept(PoolerProbe::giveBack);
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while looking for a pooler; try again.", "57014", interrupted);
        }
    }

    // A pooler of sessions that has no server connection left keeps the second one waiting.
    private static boolean areSteadyInTime(Connection first, Connection second) throws SQLException {
        var timeout = second.getNetworkTimeout();
        second.setNetworkTimeout(Runnable::run, Math.toIntExact(PATIENCE.toMillis()));
        try {
            return areSteady(first, second);
        } finally {
            second.setNetworkTimeout(Runnable::run, timeout);
        }
    }

    private static boolean areSteady(Connection first, Connection second) throws SQLException {
        var ofFirst = process(first);
        var ofSecond = process(second);
        if (ofFirst == ofSecond) {
            return false;
        }
        for (var turn : TURNS.toCharArray()) {
            var steady = turn == '1' ? process(first) == ofFirst : process(second) == ofSecond;
            if (!steady) {
                return false;
            }
        }
        return true;
    }

    /** That of the server, in a transaction of its own. */
    private static int process(Connection connection) throws SQLException {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private Connection another() {
        try {
            return pool.getConnection();
        } catch (SQLException failure) {
            throw new CompletionException(failure);
        }
    }

    private static void giveBack(Connection late) {
        try {
            late.close();
        } catch (SQLException failure) {
            LOG.debug("A connection that came late could not be given back: {}", failure.getMessage());
        }
    }

    private static void inThreadOfItsOwn(Runnable work) {
        var thread = new Thread(work, "tenancy-pooler-probe");
        thread.setDaemon(true);
        thread.start();
    }
}
