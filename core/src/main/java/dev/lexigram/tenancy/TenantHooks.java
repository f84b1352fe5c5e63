package dev.lexigram.tenancy;

import dev.lexigram.tenancy.enforcement.Admission;
import dev.lexigram.tenancy.enforcement.Refusal;
import dev.lexigram.tenancy.lifecycle.TenantEventListener;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small pieces of code that are called when something happens to a tenant; never on the thread of a request, and their
 * failures reach nobody but the log.
 *
 * <p>Hooks of the tenant's life are called through the outbox, at least once in the cluster, by a node that has such a
 * hook. Those of this node's calls wait in a bounded queue: when it is full, calls are dropped and counted. Work that must
 * not be lost belongs into a {@link TenantEventListener}. Safe for use by many threads.
 */
public final class TenantHooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TenantHooks.class);
    private static final int CAPACITY = 1024;
    private static final int RESERVED = 64; // for what is rarer than calls

    private final Consumer<TenantEventListener> relay;
    private final Map<TenantHook, List<Consumer<HookCall>>> actions = new ConcurrentHashMap<>();
    private final BlockingQueue<HookCall> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder dropped = new LongAdder();
    private volatile boolean hearsCalls;
    private boolean hearsEvents;
    private boolean closed;
    private @Nullable Thread thread;

    /** @param relay takes the listener that calls the hooks of the tenant's life, once there is such a hook */
    TenantHooks(Consumer<TenantEventListener> relay) {
        this.relay = relay;
    }

    /**
     * Calls this whenever the hook comes up.
     *
     * @throws IllegalStateException for a hook of the tenant's life, if the store has no outbox
     */
    public synchronized void on(TenantHook hook, Consumer<HookCall> action) {
        if (closed) {
            throw new IllegalStateException("These hooks are closed with their tenancy.");
        }
        if (hook.isOfEvents() && !hearsEvents) {
            actions.computeIfAbsent(hook, any -> new CopyOnWriteArrayList<>()).add(action);
            relay.accept(new EventHooks());
            hearsEvents = true;
            return;
        }
        if (!hook.isOfEvents() && thread == null) {
            thread = new Thread(this::drain, "tenancy-hooks");
            thread.setDaemon(true);
            thread.start();
        }
        actions.computeIfAbsent(hook, any -> new CopyOnWriteArrayList<>()).add(action);
        hearsCalls = actions.containsKey(TenantHook.RESOLVED);
    }

    /** How many calls were dropped because hooks were too slow for them. */
    public long dropped() {
        return dropped.sum();
    }

    /** Ends it; what waits is dropped. Again: nothing happens. */
    @Override
    public synchronized void close() {
        closed = true;
        hearsCalls = false;
        if (thread != null) {
            thread.interrupt();
        }
    }

    void resolved(Admission admission) {
        if (hearsCalls) {
            offer(callOf(admission), RESERVED);
        }
    }

    void provisioningFailed(TenantId tenant) {
        if (actions.containsKey(TenantHook.PROVISIONING_FAILED)) {
            offer(HookCall.provisioningFailed(tenant), 0);
        }
    }

    private static HookCall callOf(Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            return HookCall.resolved(
                    Optional.of(admitted.tenant().id()), Optional.of(admitted.source()), true, Optional.empty());
        }
        var refusal = ((Admission.Refused) admission).refusal();
        Optional<TenantId> tenant = refusal instanceof Refusal.NotActive inactive
                ? Optional.of(inactive.tenant().id())
                : Optional.empty();
        Optional<String> source =
                refusal instanceof Refusal.Rejected rejected ? Optional.of(rejected.source()) : Optional.empty();
        return HookCall.resolved(tenant, source, false, Optional.of(refusal.reason()));
    }

    private void offer(HookCall call, int leftFree) {
        if (waiting.remainingCapacity() <= leftFree || !waiting.offer(call)) {
            dropped.increment();
        }
    }

    private void drain() {
        try {
            while (true) {
                fire(waiting.take());
            }
        } catch (InterruptedException closed) {
            waiting.clear();
        }
    }

    private void fire(HookCall call) {
        for (var action : actions.getOrDefault(call.hook(), List.of())) {
            try {
                action.accept(call);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
                LOG.warn(
                        "A hook of {} failed; it is not called again for this",
                        call.hook().wireName(),
                        failure);
            }
        }
    }

    /** The hooks of the tenant's life, as the relay sees them. */
    private final class EventHooks implements TenantEventListener {

        @Override
        public String name() {
            return "hooks";
        }

        @Override
        public void on(TenantEvent event) {
            TenantHook.of(event).ifPresent(hook -> fire(HookCall.of(hook, event)));
        }
    }
}
