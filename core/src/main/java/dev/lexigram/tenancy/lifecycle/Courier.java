package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.stores.Outbox;
import dev.lexigram.tenancy.stores.OutboxBatch;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one listener what the outbox keeps for it. A lane is taken and settled by the thread that calls. */
final class Courier {

    static final Duration LEASE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final int LANES = 20;

    private final Outbox outbox;
    private final TenantEventListener listener;
    private final String name;
    private final BooleanSupplier stopped;

    Courier(Outbox outbox, TenantEventListener listener, String name, BooleanSupplier stopped) {
        this.outbox = outbox;
        this.listener = listener;
        this.name = name;
        this.stopped = stopped;
    }

    String name() {
        return name;
    }

    void register() {
        outbox.register(name);
    }

    /** Tells what is due; how many lanes that were. */
    int deliver() {
        // Before the claim, so that this node never believes in its lease for longer than the others do.
        var started = System.nanoTime();
        var batches = outbox.claim(name, LEASE, LANES);
        for (var batch : batches) {
            deliver(batch, started);
        }
        return batches.size();
    }

    private void deliver(OutboxBatch batch, long started) {
        var through = batch.delivered();
        for (var event : batch.events()) {
            // Half of the lease is left for the listener and for a slow database.
            if (stopped.getAsBoolean() || System.nanoTime() - started > LEASE.toNanos() / 2) {
                outbox.delivered(batch, through);
                return;
            }
            try {
                listener.on(event);
            } catch (Exception | LinkageError | AssertionError | StackOverflowError failure) {
                fail(batch, through, failure.getClass().getSimpleName());
                return;
            }
            through = event.sequence();
        }
        if (batch.obstacle().isPresent()) {
            fail(batch, through, batch.obstacle().get());
        } else {
            outbox.delivered(batch, through);
        }
    }

    private void fail(OutboxBatch batch, long through, String cause) {
        if (cause.equals("InterruptedException")) {
            Thread.currentThread().interrupt();
        }
        var failures = through > batch.delivered() ? 1 : batch.attempts() + 1;
        var after = RetryPlan.after(failures);
        if (after.isPresent()) {
            LOG.warn(
                    "Listener {} failed at event {} of tenant {} ({}); it is tried again in {} s",
                    name,
                    through + 1,
                    batch.tenant(),
                    cause,
                    after.get().toSeconds());
            outbox.failed(batch, through, after.get(), cause);
        } else {
            LOG.error(
                    "Listener {} failed {} times at event {} of tenant {} ({}); that tenant's events wait for this"
                            + " listener until Outbox.retry or Outbox.skip is called",
                    name,
                    failures,
                    through + 1,
                    batch.tenant(),
                    cause);
            outbox.park(batch, through, cause);
        }
    }
}
