package dev.lexigram.tenancy.context;

import java.util.function.Supplier;

/** What many code bases have, as negative control: a tenant that is set, read and cleared, carried by any thread local. */
final class NaiveContext {

    private final ThreadLocal<String> current;

    private NaiveContext(ThreadLocal<String> current) {
        this.current = current;
    }

    static NaiveContext plain() {
        return new NaiveContext(new ThreadLocal<>());
    }

    static NaiveContext inheritable() {
        return new NaiveContext(new InheritableThreadLocal<>());
    }

    static NaiveContext withDefault(Supplier<String> tenant) {
        return new NaiveContext(ThreadLocal.withInitial(tenant));
    }

    String current() {
        var tenant = current.get();
        return tenant == null ? SomeTenants.NONE : tenant;
    }

    void set(String tenant) {
        current.set(tenant);
    }

    void clear() {
        current.remove();
    }

    /** Sets, works and clears; neither an exception nor an outer tenant is thought of. */
    void runAs(String tenant, Runnable work) {
        set(tenant);
        work.run();
        clear();
    }

    Runnable wrap(Runnable task) {
        var captured = current();
        return () -> runAs(captured, task);
    }
}
