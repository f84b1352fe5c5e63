package dev.lexigram.tenancy.architecture.planted.cache;

import dev.lexigram.tenancy.stores.TenantStore;

/** Planted: the rule that forbids this must find it. */
public final class CacheThatKnowsStores {

    private CacheThatKnowsStores() {}

    static boolean isUsable(TenantStore store) {
        return store.findByName("acme").isPresent();
    }
}
