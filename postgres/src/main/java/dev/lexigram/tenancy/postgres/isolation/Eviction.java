package dev.lexigram.tenancy.postgres.isolation;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a connection that must not be lent out again, whatever the pool: aborted through the pool's own proxy and
 * then closed, so that the pool finds it dead. HikariCP sees SQLState 08 while it closes and removes its entry.
 */
final class Eviction {

    private static final Logger LOG = LoggerFactory.getLogger(Eviction.class);

    private Eviction() {}

    /** Both at once. */
    static void of(Connection borrowed) {
        if (abort(borrowed)) {
            giveBack(borrowed);
        }
    }

    /** Ends the connection physically. Whether that worked: if not, it must be kept from its pool. */
    static boolean abort(Connection borrowed) {
        if (!aborted(borrowed)) {
            LOG.error("A connection could not be ended; it is kept from its pool, which is smaller by one from now on");
            return false;
        }
        return true;
    }

    /** Lets the pool find an ended connection. */
    static void giveBack(Connection borrowed) {
        try {
            borrowed.close();
        } catch (SQLException | RuntimeException expected) {
            LOG.debug("The pool closed an aborted connection: {}", expected.getMessage());
        }
    }

    private static boolean aborted(Connection borrowed) {
        try {
            borrowed.abort(Runnable::run);
            return true;
        } catch (SQLException | RuntimeException | AbstractMethodError failure) {
            LOG.debug("The pool's connection cannot be aborted: {}", failure.getMessage());
            return abortedBehind(borrowed);
        }
    }

    private static boolean abortedBehind(Connection borrowed) {
        try {
            if (borrowed.unwrap(PGConnection.class) instanceof Connection driver) {
                driver.abort(Runnable::run);
                return true;
            }
            return false;
        } catch (SQLException | RuntimeException | AbstractMethodError failure) {
            LOG.debug("Nor can the driver's: {}", failure.getMessage());
            return false;
        }
    }
}
