package dev.lexigram.tenancy.architecture.planted.overrides;

import dev.lexigram.tenancy.lifecycle.TenantProvider;

/** Planted: the rule that forbids this must find it. */
public final class OverridesThatKnowLifecycle {

    private OverridesThatKnowLifecycle() {}

    static boolean isUsable(TenantProvider tenants) {
        return tenants.listTenants(true).isEmpty();
    }
}
