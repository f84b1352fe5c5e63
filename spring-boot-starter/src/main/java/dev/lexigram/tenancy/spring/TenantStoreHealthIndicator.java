package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantId;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up if the control plane answers a query just now; what it answers does not matter. */
final class TenantStoreHealthIndicator extends AbstractHealthIndicator {

    private static final TenantId NOBODY = TenantId.of("tenancy-health-probe");

    private final TenantStore store;

    TenantStoreHealthIndicator(TenantStore store) {
        super("The control plane did not answer");
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        store.findById(NOBODY);
        health.up();
    }
}
