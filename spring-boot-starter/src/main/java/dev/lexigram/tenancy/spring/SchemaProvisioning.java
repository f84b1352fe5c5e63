package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.postgres.isolation.SchemaIsolationStrategy;
import dev.lexigram.tenancy.postgres.schema.TenantSchemas;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import java.util.Optional;

/**
 * Whether new tenants can have a schema each, and who makes them.
 *
 * @param schemas what makes them; empty if no other login than the serving one is known
 * @param wanted whether new tenants have one unless said otherwise
 */
record SchemaProvisioning(Optional<TenantSchemas> schemas, boolean wanted) {

    private static final String NAME = "schema";

    /** @throws TenancyConfigurationException if schemas are wanted and nobody can make them */
    static SchemaProvisioning of(Optional<TenantSchemas> schemas, TenancyConfig config) {
        var lifecycle = config.lifecycle();
        var wanted = lifecycle.isolationStrategy().equals(NAME);
        if (wanted && lifecycle.autoProvisionIsolation() && schemas.isEmpty()) {
            throw TenancyConfigurationException.of(
                    List.of("lifecycle.isolation_strategy is schema, and no other login than"
                            + " the serving one is known, which may make no schemas; set spring.flyway.user to tenancy_migrator,"
                            + " or make a bean TenantSchemas"));
        }
        return new SchemaProvisioning(schemas, wanted);
    }

    /** Makes what the audit will look for. */
    void prepare() {
        if (wanted) {
            schemas.ifPresent(TenantSchemas::prepare);
        }
    }

    /** The strategy for tenants in this pool. */
    IsolationStrategy strategy(Optional<GuardedPool> pool) {
        if (pool.isEmpty()) {
            return schemas.map(SchemaIsolationStrategy::new).orElseGet(SchemaIsolationStrategy::new);
        }
        var guarded = pool.get();
        return schemas.map(made -> new SchemaIsolationStrategy(guarded.pool(), guarded.binder(), made))
                .orElseGet(() -> new SchemaIsolationStrategy(guarded.pool(), guarded.binder()));
    }
}
