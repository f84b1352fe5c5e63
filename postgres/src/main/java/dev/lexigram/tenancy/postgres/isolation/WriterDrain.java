package dev.lexigram.tenancy.postgres.isolation;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for the transactions that have written to protected tables and are not over: what they commit later would be seen
 * by nobody who looked before. Whoever writes to a table holds a lock on it until the end, which every login can see
 * (PostgreSQL documentation, section 13.3.1 and {@code pg_locks}); whose rows it writes nobody can.
 */
class WriterDrain {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private static final String WRITERS = """
            select distinct l.virtualtransaction
            from pg_catalog.pg_locks l join pg_catalog.pg_class c on c.oid = l.relation
            where l.locktype = 'relation' and l.granted and l.pid is distinct from pg_catalog.pg_backend_pid()
              and l.database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
              and l.mode in ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
              and c.relrowsecurity
            """;

    private static final String STILL_THERE =
            "select count(distinct virtualtransaction) from pg_catalog.pg_locks where virtualtransaction = any (?)";

    private final Duration patience;

    WriterDrain(Duration patience) {
        this.patience = patience;
    }

    /**
     * Waits until every transaction that writes now has ended; those that begin later are not waited for.
     *
     * @param connection bound or not, in a transaction or in autocommit
     * @return how many are still there after the patience has ended
     */
    int await(Connection connection) throws SQLException {
        var end = System.nanoTime() + patience.toNanos();
        var writers = connection.createArrayOf("text", writers(connection).toArray());
        var left = stillThere(connection, writers);
        while (left > 0
                && System.nanoTime() - end < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, PAUSE);
            left = stillThere(connection, writers);
        }
        return left;
    }

    private static List<String> writers(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(WRITERS)) {
            var writers = new ArrayList<String>();
            while (rows.next()) {
                writers.add(rows.getString(1));
            }
            return writers;
        }
    }

    private static int stillThere(Connection connection, Array writers) throws SQLException {
        try (var statement = connection.prepareStatement(STILL_THERE)) {
            statement.setArray(1, writers);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
