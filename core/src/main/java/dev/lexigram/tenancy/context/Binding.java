package dev.lexigram.tenancy.context;

import dev.lexigram.tenancy.tenant.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * One entry into a tenant, or into none. A class and not a record: entries are told apart by identity, so that a scope
 * can see whether it is the innermost one.
 */
final class Binding {

    final @Nullable Tenant tenant;
    final @Nullable Binding outer;

    Binding(@Nullable Tenant tenant, @Nullable Binding outer) {
        this.tenant = tenant;
        this.outer = outer;
    }
}
