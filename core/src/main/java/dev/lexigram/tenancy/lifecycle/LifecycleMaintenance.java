package dev.lexigram.tenancy.lifecycle;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers at once and then again and again, in a daemon thread of its own, until it is closed. A recovery that fails is
 * logged and tried again; every node may have one.
 */
public final class LifecycleMaintenance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LifecycleMaintenance.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    private final ScheduledExecutorService executor;

    private LifecycleMaintenance(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /**
     * Starts it.
     *
     * @param recover such as {@code tenancy::recover}
     * @param config says how long a run may be left alone; it is looked for twice in that time
     */
    public static LifecycleMaintenance start(Runnable recover, LifecycleConfig config) {
        var executor = Executors.newSingleThreadScheduledExecutor(LifecycleMaintenance::thread);
        var every = config.runLease().toMillis() / 2;
        executor.scheduleWithFixedDelay(() -> perform(recover), 0, every, TimeUnit.MILLISECONDS);
        return new LifecycleMaintenance(executor);
    }

    private static void perform(Runnable recover) {
        try {
            recover.run();
        } catch (RuntimeException failure) {
            LOG.warn("Unfinished tenants could not be looked for; this is tried again: {}", failure.getMessage());
        }
    }

    /** Begins nothing more and waits a moment for what goes on; another node would end it. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "tenancy-lifecycle");
        thread.setDaemon(true);
        return thread;
    }
}
