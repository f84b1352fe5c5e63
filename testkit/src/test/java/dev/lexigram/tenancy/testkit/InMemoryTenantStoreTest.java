package dev.lexigram.tenancy.testkit;

import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantEvent;
import java.util.List;

class InMemoryTenantStoreTest implements TenantStoreContract, LifecycleJournalContract, TenantDeletionsContract {

    @Override
    public TenantStore emptyStore() {
        return new InMemoryTenantStore();
    }

    @Override
    public List<TenantEvent> storedEvents(TenantStore store) {
        return ((InMemoryTenantStore) store).events();
    }
}
