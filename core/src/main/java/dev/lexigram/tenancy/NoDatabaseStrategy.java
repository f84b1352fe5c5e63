package dev.lexigram.tenancy;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.Connection;
import java.util.EnumSet;
import java.util.Set;

/**
 * Stands for {@code row_level} where the library was assembled without a database: there is nothing to provision, and
 * no connection is ever opened.
 */
final class NoDatabaseStrategy implements IsolationStrategy {

    static final String NAME = "row_level";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void provision(TenantId id) {}

    @Override
    public void deprovision(TenantId id) {}

    /** It keeps no data, so every policy is fulfilled. */
    @Override
    public Set<DeprovisionPolicy> policies() {
        return EnumSet.allOf(DeprovisionPolicy.class);
    }

    @Override
    public Connection open(Tenant tenant) {
        throw TenantIsolationException.of("This tenancy was assembled without a database, so it opens no connection;"
                + " give Tenancy.builder() a strategy(new RowLevelIsolationStrategy(pool, binder)).");
    }
}
