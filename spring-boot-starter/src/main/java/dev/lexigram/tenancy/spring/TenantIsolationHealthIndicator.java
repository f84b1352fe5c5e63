package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.isolation.BindingProbe;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up if a connection of every pool can be bound to a tenant just now, as the server itself says; tells the binder of each.
 * What is borrowed belongs to nobody's tenant.
 */
final class TenantIsolationHealthIndicator extends AbstractHealthIndicator {

    private final TenantDataSourcePostProcessor pools;
    private final IsolationConfig config;

    TenantIsolationHealthIndicator(TenantDataSourcePostProcessor pools, IsolationConfig config) {
        super("Whether connections can be bound to a tenant was not found out");
        this.pools = pools;
        this.config = config;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws Exception {
        health.up();
        for (var guarded : pools.pools()) {
            var isBound = BindingProbe.isBound(guarded.pool(), guarded.binder(), config);
            health.withDetail(guarded.name(), isBound ? guarded.known() : "not bound");
            if (!isBound) {
                health.down();
            }
        }
    }
}
