package dev.lexigram.tenancy.overrides;

import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantConfigChanged;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tenants acme (plan gold) and globex (no plan) in memory. */
final class Desk {

    static final TenantId ACME = TenantId.of("acme");
    static final TenantId GLOBEX = TenantId.of("globex");

    private Desk() {}

    static InMemoryTenantStore store() {
        var store = new InMemoryTenantStore();
        store.save(tenant(ACME, "gold", TenantStatus.ACTIVE), TenantStore.NEW, List.of());
        store.save(Tenant.active(GLOBEX, Slug.of("globex"), "Globex", Instant.EPOCH), TenantStore.NEW, List.of());
        return store;
    }

    static Tenant tenant(TenantId id, String plan, TenantStatus status) {
        return new Tenant(
                id,
                Slug.of(id.value()),
                id.value(),
                status,
                null,
                plan,
                Map.of(),
                Map.of(),
                "row_level",
                Instant.EPOCH,
                Instant.EPOCH,
                1);
    }

    static TenantConfigService service(InMemoryTenantStore store, ConfigCatalog catalog) {
        return TenantConfigService.of(store, store, OverridesConfig.DEFAULTS, catalog);
    }

    static List<TenantConfigChanged> changes(InMemoryTenantStore store) {
        return store.events().stream().map(TenantConfigChanged.class::cast).toList();
    }
}
