package dev.lexigram.tenancy.context;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
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

    private static final ThreadLocal<@Nullable Binding> CURRENT = new ThreadLocal<>();

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
        return callIn(tenant, work);
    }

    /** Runs the work under this tenant. */
    public static <X extends Throwable> void runAs(Tenant tenant, TenantRunnable<X> work) throws X {
        runIn(tenant, work);
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
        return new TenantScope(push(tenant));
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

    /** An executor whose tasks run under the tenant bound when each was submitted. */
    public static Executor wrap(Executor executor) {
        return task -> executor.execute(wrap(task));
    }

    /** An executor service whose tasks run under the tenant bound when each was submitted. */
    public static ExecutorService wrap(ExecutorService executor) {
        return new TenantExecutorService(executor);
    }

    static @Nullable Binding innermost() {
        return CURRENT.get();
    }

    static void restore(@Nullable Binding outer) {
        if (outer == null) {
            CURRENT.remove(); // a pooled thread keeps nothing
        } else {
            CURRENT.set(outer);
        }
    }

    private static @Nullable Tenant currentOrNull() {
        var binding = CURRENT.get();
        return binding == null ? null : binding.tenant;
    }

    private static Binding push(@Nullable Tenant tenant) {
        var binding = new Binding(tenant, CURRENT.get());
        CURRENT.set(binding);
        return binding;
    }

    private static <T, X extends Throwable> T callIn(@Nullable Tenant tenant, TenantCallable<T, X> work) throws X {
        var outer = CURRENT.get();
        try {
            CURRENT.set(new Binding(tenant, outer));
            return work.call();
        } finally {
            restore(outer);
        }
    }

    private static <X extends Throwable> void runIn(@Nullable Tenant tenant, TenantRunnable<X> work) throws X {
        var outer = CURRENT.get();
        try {
            CURRENT.set(new Binding(tenant, outer));
            work.run();
        } finally {
            restore(outer);
        }
    }
}
