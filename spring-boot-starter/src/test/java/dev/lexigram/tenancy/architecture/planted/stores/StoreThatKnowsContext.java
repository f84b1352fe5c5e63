package dev.lexigram.tenancy.architecture.planted.stores;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import java.util.Optional;

/** Planted: the rule that forbids this must find it. */
public final class StoreThatKnowsContext {

    private StoreThatKnowsContext() {}

    static Optional<Tenant> find() {
        return TenantContext.current();
    }
}
