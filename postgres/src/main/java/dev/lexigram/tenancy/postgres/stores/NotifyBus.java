package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.cache.BusConfig;
import dev.lexigram.tenancy.cache.Invalidation;
import dev.lexigram.tenancy.cache.InvalidationBus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * News of changes over LISTEN and NOTIFY. With each heartbeat the node notifies itself: PostgreSQL gives notifications out
 * in the order of their commits, so the echo proves that everything committed before the heartbeat has been heard.
 *
 * <p>After a lost connection it covers nothing that was read before it listened again. After a pause of the process it
 * covers nothing until an echo has come, behind everything that was missed.
 */
final class NotifyBus implements InvalidationBus {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyBus.class);
    private static final String LISTEN = "listen " + Announcement.CHANNEL;
    private static final int LEAST_NETWORK_MILLIS = 2000;

    private final DataSource dataSource;
    private final long heartbeat;
    private final long silence;
    private final String echoes = "tenancy_echo_" + UUID.randomUUID().toString().replace("-", "");
    private final String listenToEchoes = "listen " + echoes;
    private final List<Consumer<Invalidation>> subscribers = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "tenancy-bus");
    private volatile @Nullable Hearing hearing;
    private volatile @Nullable Connection current;
    private volatile boolean closed;
    private boolean troubled;

    /** What is heard: everything since one moment, and surely until another. */
    private record Hearing(long since, long until) {}

    private NotifyBus(DataSource dataSource, BusConfig config) {
        this.dataSource = dataSource;
        this.heartbeat = config.heartbeat().toNanos();
        this.silence = config.silence().toNanos();
    }

    static NotifyBus over(DataSource dataSource, BusConfig config) {
        var bus = new NotifyBus(dataSource, config);
        bus.thread.setDaemon(true);
        bus.thread.start();
        return bus;
    }

    @Override
    public void subscribe(Consumer<Invalidation> subscriber) {
        subscribers.add(subscriber);
    }

    @Override
    public void announce(Invalidation change) {
        new ControlPlaneDatabase(dataSource).write(connection -> {
            Announcement.send(connection, change);
            return true;
        });
    }

    @Override
    public boolean covers(long since, long now) {
        var heard = hearing;
        return heard != null && since - heard.since >= 0 && now - heard.until < silence;
    }

    @Override
    public void close() {
        closed = true;
        hearing = null;
        LockSupport.unpark(thread);
        abort(current);
        try {
            thread.join(LEAST_NETWORK_MILLIS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (var connection = dataSource.getConnection()) {
                current = connection;
                try {
                    listen(connection);
                } finally {
                    hearing = null;
                    abort(connection); // it listens, so it goes back to no pool
                }
            } catch (SQLException | RuntimeException failure) {
                tell(failure);
                LockSupport.parkNanos(heartbeat);
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        var notifications = connection.unwrap(PGConnection.class);
        connection.setAutoCommit(true);
        connection.setNetworkTimeout(Runnable::run, Math.max(LEAST_NETWORK_MILLIS, millis(heartbeat)));
        try (var statement = connection.createStatement()) {
            statement.execute(LISTEN);
            statement.execute(listenToEchoes);
        }
        var beat = new Beat(System.nanoTime(), 0, System.nanoTime());
        Announcement.send(connection, echoes, beat.text());
        while (!closed) {
            var now = System.nanoTime();
            if (now - beat.sent >= heartbeat) {
                checkEchoes(beat, now);
                beat = beat.next(now);
                Announcement.send(connection, echoes, beat.text());
            }
            var wait = Math.max(1, millis(heartbeat - (System.nanoTime() - beat.sent)));
            hear(notifications.getNotifications(wait), beat);
        }
    }

    private void hear(PGNotification @Nullable [] heard, Beat beat) {
        if (heard == null) {
            return;
        }
        for (var notification : heard) {
            if (notification.getName().equals(Announcement.CHANNEL)) {
                Invalidation.parse(notification.getParameter()).ifPresent(this::pass);
            } else if (notification.getParameter().equals(beat.text())) {
                hearing = closed ? null : new Hearing(beat.since, beat.sent);
                recovered();
            }
        }
    }

    private void pass(Invalidation change) {
        subscribers.forEach(subscriber -> subscriber.accept(change));
    }

    private void checkEchoes(Beat beat, long now) {
        var heard = hearing;
        var proved = heard == null ? beat.since : heard.until;
        if (now - proved >= silence) {
            throw new IllegalStateException("no notification comes back; a pooler in transaction mode, for one, passes"
                    + " none on: give the control plane a direct connection, or set bus.type to none");
        }
    }

    private void recovered() {
        if (troubled) {
            troubled = false;
            LOG.info("Changes are heard again");
        }
    }

    /** Once until it works again. */
    private void tell(Exception failure) {
        if (!troubled && !closed) {
            troubled = true;
            LOG.warn(
                    "Changes on other nodes are not heard of for now ({}); what is remembered ages faster instead",
                    failure instanceof SQLException known
                            ? "SQLSTATE " + SqlFailures.state(known)
                            : String.valueOf(failure.getMessage()));
        }
    }

    private static void abort(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException broken) {
                LOG.debug("A connection could not be aborted", broken);
            }
        }
    }

    private static int millis(long nanos) {
        return Math.toIntExact(nanos / 1_000_000);
    }

    /**
     * The last heartbeat that was sent.
     *
     * @param since when this connection began to listen
     */
    private record Beat(long since, long number, long sent) {

        Beat next(long now) {
            return new Beat(since, number + 1, now);
        }

        String text() {
            return Long.toString(number);
        }
    }
}
