package dev.lexigram.tenancy.benchmarks.inprocess;

import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Active tenants, one for each text. */
final class Tenants {

    private Tenants() {}

    static List<Tenant> of(String[] ids) {
        return Arrays.stream(ids)
                .map(id -> Tenant.active(TenantId.of(id), Slug.of("of-" + id), "Tenant " + id, Instant.EPOCH))
                .toList();
    }

    static TenantStore storeOf(List<Tenant> tenants) {
        var store = new InMemoryTenantStore();
        tenants.forEach(tenant -> store.save(tenant, TenantStore.NEW, List.of()));
        return store;
    }
}
