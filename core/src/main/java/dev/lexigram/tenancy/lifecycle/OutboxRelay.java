package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.stores.Outbox;
import dev.lexigram.tenancy.stores.OutboxState;
import dev.lexigram.tenancy.tenant.TenantException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of the events in an outbox: each at least once in the cluster, in the order of each tenant's sequence,
 * on a thread of its own for each listener. A listener that fails delays its own events of that tenant and nothing else.
 *
 * <p>Any number of nodes may run one over the same outbox. It looks every second, and at once when it is woken. It keeps
 * nothing in memory: what waits, waits in the outbox. Safe for use by many threads.
 */
public final class OutboxRelay implements AutoCloseable {

    /** How long an event is kept after the last listener was told of it. */
    public static final Duration KEPT = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");
    private static final int MAX_LENGTH = 100;
    private static final long POLL_MILLIS = 1000;
    private static final long CLEAN_NANOS = Duration.ofHours(1).toNanos();
    private static final long PATIENCE_MILLIS = 5000;

    private final Outbox outbox;
    private final String prefix;
    private final List<Round> rounds = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * A relay without listeners, which does nothing.
     *
     * @param application stands before the names of its listeners, so that every application that shares the outbox is
     *     told of every event
     */
    public OutboxRelay(Outbox outbox, String application) {
        this.outbox = outbox;
        this.prefix = checked(application) + ":";
    }

    /**
     * Registers this listener with the outbox, and tells it from now on.
     *
     * @throws IllegalArgumentException if the name has another form, or is in use here
     */
    public synchronized void add(TenantEventListener listener) {
        var name = prefix + checked(listener.name());
        if (listeners().contains(name)) {
            throw new IllegalArgumentException("two listeners are called " + name + "; a name tells the outbox who"
                    + " has been told, so give each its own");
        }
        if (closed) {
            throw new IllegalStateException("This relay is closed; make another one.");
        }
        var round = new Round(outbox, listener, name);
        rounds.add(round);
        round.thread.start();
    }

    /** Tells this listener no more, on this node; what waits for it goes on waiting. It may be added again. */
    public synchronized void remove(TenantEventListener listener) {
        var name = prefix + listener.name();
        var deadline = deadline();
        for (var round : rounds) {
            if (round.courier.name().equals(name)) {
                round.stop();
                round.end(deadline);
                rounds.remove(round);
            }
        }
    }

    /** Lets it look now: something was stored. Cheap, and harmless when nothing was. */
    public void wake() {
        rounds.forEach(Round::wake);
    }

    /** Under which names its listeners are known to the outbox. */
    public List<String> listeners() {
        return rounds.stream().map(round -> round.courier.name()).toList();
    }

    /** What its listeners have not been told yet, as the outbox says now. */
    public OutboxState state() {
        return outbox.state(listeners());
    }

    /** Ends it; waits some seconds for listeners that are being told, and then interrupts them. Again: nothing happens. */
    @Override
    public void close() {
        closed = true;
        var deadline = deadline();
        rounds.forEach(Round::stop);
        rounds.forEach(round -> round.end(deadline));
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    }

    /** What is wrong with the name of a listener or an application. */
    public static Optional<String> problem(String name) {
        return name.length() <= MAX_LENGTH && NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("the name of a listener or application must be 1-100 letters, digits and any of . _ : -"
                        + " and begin with a letter or digit; this one has " + name.length() + " characters");
    }

    private static String checked(String name) {
        problem(name).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return name;
    }

    /** One thread that goes round and round for one listener. */
    private static final class Round implements Runnable {

        private final Outbox outbox;
        private final Courier courier;
        private final Thread thread;
        private final Semaphore woken = new Semaphore(0);
        private volatile boolean stopped;
        private boolean registered;
        private boolean troubled;
        private long cleaned = System.nanoTime() - CLEAN_NANOS;

        private Round(Outbox outbox, TenantEventListener listener, String name) {
            this.outbox = outbox;
            this.courier = new Courier(outbox, listener, name, () -> stopped);
            this.thread = new Thread(this, "tenancy-events-" + name);
            this.thread.setDaemon(true);
        }

        void wake() {
            if (woken.availablePermits() == 0) {
                woken.release();
            }
        }

        void stop() {
            stopped = true;
            wake();
        }

        @Override
        public void run() {
            while (!stopped) {
                try {
                    if (deliver() == 0) {
                        rest();
                    }
                } catch (InterruptedException asked) {
                    return;
                }
            }
        }

        private int deliver() {
            try {
                if (!registered) {
                    courier.register();
                    registered = true;
                }
                clean();
                var lanes = courier.deliver();
                troubled = false;
                return lanes;
            } catch (RuntimeException failure) {
                tell(failure);
                return 0;
            }
        }

        private void rest() throws InterruptedException {
            if (woken.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        }

        private void clean() {
            if (System.nanoTime() - cleaned >= CLEAN_NANOS) {
                outbox.clean(KEPT);
                cleaned = System.nanoTime();
            }
        }

        /** Once until it works again: the outbox may be away for long. */
        private void tell(RuntimeException failure) {
            if (!troubled && !stopped) {
                LOG.warn(
                        "Listener {} gets no events for now ({}); they are kept, and it is tried again every second",
                        courier.name(),
                        failure instanceof TenantException known ? known.code() : failure.toString());
                troubled = true;
            }
        }

        void end(long deadline) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
        }
    }
}
