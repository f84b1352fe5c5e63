package dev.lexigram.tenancy.context;

import dev.lexigram.tenancy.tenant.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * One entry into a tenant, or into none. A class and not a record: entries are told apart by identity, so that a scope
 * can see whether it is the innermost one.
 */
final class Binding {

    final @Nullable Tenant tenant;

    Binding(@Nullable Tenant tenant) {
        this.tenant = tenant;
    }
}
