package dev.lexigram.tenancy.context;

import dev.lexigram.tenancy.tenant.TenantIsolationException;

/**
 * One open entry into a tenant. Closing it restores what was bound before; closing it again does nothing.
 *
 * <p>Closed out of order or on another thread it raises, and the thread that noticed is left with no tenant: a wrong
 * guess about whose work follows would be worse than none.
 */
public final class TenantScope implements AutoCloseable {

    private final Binding entered;
    private boolean closed;

    TenantScope(Binding entered) {
        this.entered = entered;
    }

    /**
     * Leaves the tenant.
     *
     * @throws TenantIsolationException if this is not the innermost entry of this thread
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (TenantContext.innermost() != entered) {
            TenantContext.restore(null);
            throw TenantIsolationException.of(
                    "A tenant scope was closed out of order or on another thread; close scopes"
                            + " innermost first, on the thread that opened them. No tenant is bound now.");
        }
        TenantContext.restore(entered.outer);
    }
}
