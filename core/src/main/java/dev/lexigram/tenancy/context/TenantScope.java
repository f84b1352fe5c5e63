package dev.lexigram.tenancy.context;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import org.jspecify.annotations.Nullable;

/**
 * One open entry into a tenant. Closing it restores what was bound before; closing it again does nothing.
 *
 * <p>Closed out of order or on another thread it raises, and the thread that noticed is left with no tenant: a wrong
 * guess about whose work follows would be worse than none. The thread that opened it can still close it.
 */
public final class TenantScope implements AutoCloseable {

    final Binding entered;

    private final Thread owner = Thread.currentThread();
    private final @Nullable Object[] slot;
    private final @Nullable Object outer;
    private boolean closed; // read and written by the owner only

    TenantScope(@Nullable Object[] slot, @Nullable Tenant tenant) {
        this.slot = slot;
        this.outer = slot[0];
        this.entered = new Binding(tenant);
    }

    /**
     * Leaves the tenant.
     *
     * @throws TenantIsolationException if this is not the innermost entry of this thread
     */
    @Override
    public void close() {
        if (Thread.currentThread() != owner) {
            TenantContext.slot()[0] = null;
            TenantContext.tell(null);
            throw refused("on another thread than the one that opened it");
        }
        if (closed) {
            return;
        }
        entered.tenant = null; // plain stores only: nothing on the way to the slot can fail
        closed = true;
        if (slot[0] != entered) {
            slot[0] = null;
            TenantContext.tell(null);
            throw refused("out of order");
        }
        slot[0] = outer;
        TenantContext.tell(outer);
    }

    private static TenantIsolationException refused(String how) {
        return TenantIsolationException.of("A tenant scope was closed " + how + "; close scopes innermost first, on the"
                + " thread that opened them. No tenant is bound now.");
    }
}
