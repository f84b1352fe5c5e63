package dev.lexigram.tenancy.context;

import dev.lexigram.tenancy.tenant.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * One entry into a tenant, or into none. A class and not a record: entries are told apart by identity, so that a scope
 * can see whether it is the innermost one. Of one thread only.
 */
final class Binding {

    /** Null for none; a scope that is closed sets it to null, so that a call that began inside cannot bring it back. */
    @Nullable
    Tenant tenant;

    Binding(@Nullable Tenant tenant) {
        this.tenant = tenant;
    }
}
