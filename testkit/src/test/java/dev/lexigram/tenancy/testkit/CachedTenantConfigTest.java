package dev.lexigram.tenancy.testkit;

import dev.lexigram.tenancy.overrides.CachedTenantConfigProvider;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantEvent;
import java.time.Duration;
import java.util.List;

class CachedTenantConfigTest implements TenantConfigProviderContract {

    private InMemoryTenantStore store = new InMemoryTenantStore();

    @Override
    public TenantConfigProvider emptyProvider() {
        store = new InMemoryTenantStore();
        return new CachedTenantConfigProvider(store, Duration.ofSeconds(60));
    }

    @Override
    public TenantStore tenantsOf(TenantConfigProvider provider) {
        return store;
    }

    @Override
    public List<TenantEvent> storedEvents(TenantConfigProvider provider) {
        return store.events();
    }
}
