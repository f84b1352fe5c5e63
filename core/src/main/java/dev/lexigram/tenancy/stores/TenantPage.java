package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.Tenant;
import java.util.List;
import java.util.Optional;

/**
 * One page of tenants.
 *
 * @param next opaque cursor of the next page; empty when this is the last. It stays right while tenants are added.
 */
public record TenantPage(List<Tenant> tenants, Optional<String> next) {

    public TenantPage {
        tenants = List.copyOf(tenants);
    }
}
