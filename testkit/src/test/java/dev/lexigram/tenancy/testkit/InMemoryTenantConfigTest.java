package dev.lexigram.tenancy.testkit;

import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantEvent;
import java.util.List;

class InMemoryTenantConfigTest implements TenantConfigProviderContract {

    @Override
    public TenantConfigProvider emptyProvider() {
        return new InMemoryTenantStore();
    }

    @Override
    public TenantStore tenantsOf(TenantConfigProvider provider) {
        return (TenantStore) provider;
    }

    @Override
    public List<TenantEvent> storedEvents(TenantConfigProvider provider) {
        return ((InMemoryTenantStore) provider).events();
    }
}
