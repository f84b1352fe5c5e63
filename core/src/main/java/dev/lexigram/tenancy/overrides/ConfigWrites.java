package dev.lexigram.tenancy.overrides;

import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.stores.ConfigLimits;
import dev.lexigram.tenancy.stores.ConfigSnapshot;
import dev.lexigram.tenancy.stores.ConfigUpdate;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes what somebody may write. Immutable.
 *
 * @param tenants of whom the configuration is; where the provider keeps them, too, it checks within its transaction that
 *     the tenant exists
 * @param written told of every tenant that was written to, whatever came of it
 * @param actor who writes, as events say it
 * @param operator whether that is an operator, and not a tenant for itself
 */
record ConfigWrites(
        TenantStore tenants,
        TenantConfigProvider provider,
        ConfigLimits limits,
        ConfigCatalog catalog,
        InstantSource clock,
        Consumer<TenantId> written,
        String actor,
        boolean operator) {

    ConfigWrites by(String actor, boolean operator) {
        return new ConfigWrites(tenants, provider, limits, catalog, clock, written, actor, operator);
    }

    ConfigSnapshot apply(TenantId tenant, List<ConfigChange> changes) {
        var checked = changes.stream().map(this::checked).toList();
        Object keeper = provider;
        var knowsTenants = keeper == tenants;
        if (!knowsTenants) {
            checkExists(tenant);
        }
        try {
            return provider.apply(tenant, new ConfigUpdate(checked, limits, knowsTenants, clock.instant(), actor));
        } finally {
            // After a failure too: it may have been stored, or another writer was faster.
            written.accept(tenant);
        }
    }

    private void checkExists(TenantId tenant) {
        if (tenants.findById(tenant)
                .filter(found -> found.status() != TenantStatus.DELETED)
                .isEmpty()) {
            throw TenantNotFoundException.of(tenant);
        }
    }

    private ConfigChange checked(ConfigChange change) {
        var name = change.key();
        if (!operator && catalog.isForOperators(name)) {
            throw TenantConfigException.refused(
                    name, "tenants cannot override it; an operator can, by asOperator(..) of the service");
        }
        change.value().ifPresent(value -> catalog.checkFits(name, value));
        return catalog.isSecret(name) ? change.asSecret() : change;
    }
}
