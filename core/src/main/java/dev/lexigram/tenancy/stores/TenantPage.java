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

    /** The first of these tenants, up to the limit; where there are more, with the cursor after the last one shown. */
    public static TenantPage of(List<Tenant> tenants, int limit) {
        if (tenants.size() <= limit) {
            return new TenantPage(tenants, Optional.empty());
        }
        var last = tenants.get(limit - 1);
        return new TenantPage(
                tenants.subList(0, limit), Optional.of(PageCursor.of(last).text()));
    }
}
