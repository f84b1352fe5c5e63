package dev.lexigram.tenancy.postgres.driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connecting within a time: on a thread of its own, which closes the connection when nobody waits for it any more. */
final class ConnectAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectAttempt.class);
    private static final String UNABLE_TO_CONNECT = "08001";

    private final CompletableFuture<Connection> connected = new CompletableFuture<>();

    private ConnectAttempt() {}

    /** What opens a connection. */
    interface Opening {
        Connection open() throws SQLException;
    }

    static Connection within(long milliseconds, Opening opening) throws SQLException {
        var attempt = new ConnectAttempt();
        var thread = new Thread(() -> attempt.run(opening), "tenancy-connect");
        thread.setDaemon(true);
        thread.start();
        return attempt.await(milliseconds);
    }

    private void run(Opening opening) {
        try {
            var connection = opening.open();
            if (!connected.complete(connection)) {
                connection.close();
            }
        } catch (SQLException | RuntimeException | Error failure) {
            if (!connected.completeExceptionally(failure)) {
                LOG.debug("A connection that nobody waited for any more: {}", failure.getMessage());
            }
        }
    }

    private Connection await(long milliseconds) throws SQLException {
        try {
            return connected.get(milliseconds, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            if (connected.cancel(false)) {
                throw new SQLException("The database did not answer within the login timeout.", UNABLE_TO_CONNECT);
            }
            return connected.join();
        } catch (InterruptedException interrupted) {
            connected.cancel(false);
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while connecting.", UNABLE_TO_CONNECT, interrupted);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof SQLException refused) {
                throw refused;
            }
            throw new SQLException("Connecting failed unexpectedly.", UNABLE_TO_CONNECT, failure.getCause());
        }
    }
}
