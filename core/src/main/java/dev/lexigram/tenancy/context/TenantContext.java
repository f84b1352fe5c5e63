package dev.lexigram.tenancy.context;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The tenant that the running work belongs to.
 *
 * <p>A tenant is bound by entering it and only for exactly that call; afterwards the previous state is back, also after
 * an exception. Each thread has its own state and starts empty: nothing is inherited. Work that goes to another thread
 * takes its tenant along through {@code wrap}.
 */
public final class TenantContext {

    // One slot per thread, written by plain stores: restoring it needs no call, so it succeeds even where the stack or
    // the memory is used up. An Object[] and no class of ours, because the empty slot stays with a pooled thread.
    private static final ThreadLocal<@Nullable Object @Nullable []> SLOT = new ThreadLocal<>();

    // A constant, so that where nobody listens nothing is left of it in the compiled code.
    private static final @Nullable ContextListener LISTENER = ContextListeners.installed();

    private TenantContext() {}

    /** The current tenant, or empty when none is bound. */
    public static Optional<Tenant> current() {
        return Optional.ofNullable(currentOrNull());
    }

    /**
     * The current tenant.
     *
     * @throws TenantRequiredException when none is bound
     */
    public static Tenant require() {
        var tenant = currentOrNull();
        if (tenant == null) {
            throw TenantRequiredException.of("This work");
        }
        return tenant;
    }

    /** Runs the work under this tenant and gives its result. */
    public static <T, X extends Throwable> T callAs(Tenant tenant, TenantCallable<T, X> work) throws X {
        return callIn(Objects.requireNonNull(tenant, "tenant"), work);
    }

    /** Runs the work under this tenant. */
    public static <X extends Throwable> void runAs(Tenant tenant, TenantRunnable<X> work) throws X {
        runIn(Objects.requireNonNull(tenant, "tenant"), work);
    }

    /** Runs the work with no tenant bound, whatever is bound outside. */
    public static <T, X extends Throwable> T callWithout(TenantCallable<T, X> work) throws X {
        return callIn(null, work);
    }

    /** Runs the work with no tenant bound, whatever is bound outside. */
    public static <X extends Throwable> void runWithout(TenantRunnable<X> work) throws X {
        runIn(null, work);
    }

    /**
     * Enters a tenant for integrations that only have a before and an after; everybody else uses {@link #callAs}. The
     * scope must be closed on the same thread, innermost first.
     */
    public static TenantScope enter(Tenant tenant) {
        return enterIn(Objects.requireNonNull(tenant, "tenant"));
    }

    /** As {@link #enter}, with no tenant bound. */
    public static TenantScope enterWithout() {
        return enterIn(null);
    }

    /** A task that runs under the tenant of this moment, or under none if none is bound now. */
    public static Runnable wrap(Runnable task) {
        var captured = currentOrNull();
        return () -> runIn(captured, task::run);
    }

    /** A task that runs under the tenant of this moment, or under none if none is bound now. */
    public static <T> Callable<T> wrap(Callable<T> task) {
        var captured = currentOrNull();
        return () -> callIn(captured, task::call);
    }

    /**
     * An executor whose tasks run under the tenant bound when each was submitted.
     *
     * <p>The next stage of a {@code CompletableFuture} is submitted by the thread that completes the stage before it, so
     * it runs under the tenant of that thread. Do not complete one tenant's future from another tenant's work.
     */
    public static Executor wrap(Executor executor) {
        return task -> executor.execute(wrap(task));
    }

    /** An executor service whose tasks run under the tenant bound when each was submitted. */
    public static ExecutorService wrap(ExecutorService executor) {
        return new TenantExecutorService(executor);
    }

    /** This thread's slot, which holds its innermost binding, or null for none. */
    static @Nullable Object[] slot() {
        var slot = SLOT.get();
        if (slot == null) {
            slot = new @Nullable Object[1];
            SLOT.set(slot);
        }
        return slot;
    }

    /** Says to those who listen what this thread is bound to now. */
    static void tell(@Nullable Object bound) {
        if (LISTENER != null) {
            LISTENER.changed(Optional.ofNullable(tenantOf(bound)));
        }
    }

    private static @Nullable Tenant currentOrNull() {
        var slot = SLOT.get();
        return slot == null ? null : tenantOf(slot[0]);
    }

    private static @Nullable Tenant tenantOf(@Nullable Object bound) {
        return bound instanceof Binding binding ? binding.tenant : null;
    }

    private static TenantScope enterIn(@Nullable Tenant tenant) {
        var slot = slot();
        var scope = new TenantScope(slot, tenant);
        slot[0] = scope.entered; // last, so that nobody is bound without a handle
        tell(scope.entered);
        return scope;
    }

    private static <T, X extends Throwable> T callIn(@Nullable Tenant tenant, TenantCallable<T, X> work) throws X {
        var slot = slot();
        var outer = slot[0];
        var entered = new Binding(tenant);
        try {
            slot[0] = entered;
            tell(entered);
            return work.call();
        } finally {
            slot[0] = outer;
            tell(outer);
        }
    }

    private static <X extends Throwable> void runIn(@Nullable Tenant tenant, TenantRunnable<X> work) throws X {
        var slot = slot();
        var outer = slot[0];
        var entered = new Binding(tenant);
        try {
            slot[0] = entered;
            tell(entered);
            work.run();
        } finally {
            slot[0] = outer;
            tell(outer);
        }
    }
}
