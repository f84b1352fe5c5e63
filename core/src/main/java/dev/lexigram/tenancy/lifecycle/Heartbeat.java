package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.stores.LifecycleJournal;
import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.tenant.TenantException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps up the leases of the runs that this node works on, so that a long step is not taken for a dead node. Safe for use
 * by many threads; its own thread ends when it is idle.
 */
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final int BEATS = 3; // a lease survives two that were lost

    private final Duration lease;
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, Heartbeat::thread);

    Heartbeat(Duration lease) {
        this.lease = lease;
        executor.setKeepAliveTime(lease.toMillis(), TimeUnit.MILLISECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Renews the lease of this run until what is returned is closed. */
    Beating keep(LifecycleJournal journal, LifecycleRun run) {
        var every = lease.toMillis() / BEATS;
        var beats = executor.scheduleAtFixedRate(() -> renew(journal, run), every, every, TimeUnit.MILLISECONDS);
        return new Beating(beats);
    }

    private void renew(LifecycleJournal journal, LifecycleRun run) {
        try {
            journal.renew(run, lease);
        } catch (TenantException lost) {
            LOG.warn(
                    "The lease on tenant {} could not be renewed: {}",
                    run.tenant().id(),
                    lost.code());
        }
    }

    private static Thread thread(Runnable beats) {
        var thread = new Thread(beats, "tenancy-lifecycle-lease");
        thread.setDaemon(true);
        return thread;
    }

    record Beating(ScheduledFuture<?> beats) implements AutoCloseable {

        @Override
        public void close() {
            beats.cancel(false);
        }
    }
}
