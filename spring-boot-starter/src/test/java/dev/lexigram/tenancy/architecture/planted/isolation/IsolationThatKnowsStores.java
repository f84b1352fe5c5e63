package dev.lexigram.tenancy.architecture.planted.isolation;

import dev.lexigram.tenancy.stores.TenantStore;

/** Planted: the rule that forbids this must find it. */
public final class IsolationThatKnowsStores {

    private IsolationThatKnowsStores() {}

    static boolean isUsable(TenantStore store) {
        return store.findByName("acme").isPresent();
    }
}
