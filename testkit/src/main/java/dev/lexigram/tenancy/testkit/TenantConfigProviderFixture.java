package dev.lexigram.tenancy.testkit;

import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;

/** What the contract of a provider of configuration needs: the provider, its tenants, and a look at the events. */
interface TenantConfigProviderFixture {

    TenantId ACME = TenantId.of("acme");

    /** A provider in which nothing is set, of a store without tenants. */
    TenantConfigProvider emptyProvider();

    /** The tenants of which this provider keeps the configuration. */
    TenantStore tenantsOf(TenantConfigProvider provider);

    /** Every event in the store, in the order of each tenant's sequence. */
    List<TenantEvent> storedEvents(TenantConfigProvider provider);
}
