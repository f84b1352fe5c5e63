package dev.lexigram.tenancy;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.lifecycle.TenantResource;
import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.stores.ConfigUpdate;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.tenant.Tenant;
import java.util.List;

/** Configuration that is not kept beside the tenants, so that no store removes it with a tenant. */
record ConfigurationElsewhere(TenantConfigProvider provider) implements TenantResource {

    @Override
    public String name() {
        return "configuration";
    }

    @Override
    public List<ErasedResource> erase(Tenant tenant) {
        var found = provider.snapshot(tenant.id()).entries().keySet();
        var unset =
                found.stream().map(key -> ConfigChange.unset(key).asSecret()).toArray(ConfigChange[]::new);
        var left = provider.apply(tenant.id(), ConfigUpdate.of(unset)).entries().size();
        return List.of(new ErasedResource(name(), found.size(), found.size() - left, left));
    }
}
