package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.isolation.AuditMode;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.isolation.BindingProbe;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up if a connection of every pool can be bound to a tenant just now, as the server itself says, and if the last
 * audit has proved isolation, unless {@code isolation.audit} is {@code warn}; tells the binder of each.
 * What is borrowed belongs to nobody's tenant. While an application is adopted it tells as much, and what would be refused.
 */
final class TenantIsolationHealthIndicator extends AbstractHealthIndicator {

    private final TenantDataSourcePostProcessor pools;
    private final IsolationConfig config;
    private final Adoption adoption;
    private final IsolationProof proof;

    TenantIsolationHealthIndicator(
            TenantDataSourcePostProcessor pools, IsolationConfig config, Adoption adoption, IsolationProof proof) {
        super("Whether connections can be bound to a tenant was not found out");
        this.pools = pools;
        this.config = config;
        this.adoption = adoption;
        this.proof = proof;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws Exception {
        health.up().withDetails(adoption.details());
        for (var guarded : pools.pools()) {
            var isBound = BindingProbe.isBound(guarded.pool(), guarded.binder(), config);
            health.withDetail(guarded.name(), isBound ? guarded.known() : "not bound");
            if (!isBound) {
                health.down();
            }
            audited(guarded, health);
        }
    }

    private void audited(GuardedPool guarded, Health.Builder health) {
        var errors = proof.errors(guarded.pool());
        if (!errors.isEmpty()) {
            health.withDetail(guarded.name() + ".audit", errors.size() + " errors; the log has them");
            if (config.audit() == AuditMode.FAIL) {
                health.outOfService();
            }
        }
    }
}
