package dev.lexigram.tenancy.architecture.planted.resolution;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import java.util.Optional;

/** Planted: the rule that forbids this must find it. */
public final class ResolverThatReadsTheContext {

    private ResolverThatReadsTheContext() {}

    static Optional<Tenant> resolve() {
        return TenantContext.current();
    }
}
