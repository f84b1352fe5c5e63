package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * All tenants in the same tables, told apart by row-level policies: the connection of a tenant is bound to it, and the
 * database shows and accepts its rows alone. A new tenant needs nothing, so provisioning does nothing, successfully.
 */
public final class RowLevelIsolationStrategy implements IsolationStrategy {

    private static final WriterDrain DRAIN = new WriterDrain(Duration.ofSeconds(30));

    private final @Nullable DataSource pool;
    private final @Nullable TransactionBinder binder;

    /** A strategy that can be registered and provisions tenants, but opens no connection. */
    public RowLevelIsolationStrategy() {
        this.pool = null;
        this.binder = null;
    }

    /** Opens connections of this pool, whose login is subject to the policies, bound by this binder. */
    public RowLevelIsolationStrategy(DataSource pool, TransactionBinder binder) {
        this.pool = pool;
        this.binder = binder;
    }

    @Override
    public String name() {
        return "row_level";
    }

    @Override
    public void provision(TenantId id) {}

    @Override
    public void deprovision(TenantId id) {}

    /** Rows can be destroyed or kept; there is no archive that they could be moved to. */
    @Override
    public Set<DeprovisionPolicy> policies() {
        return pool == null
                ? EnumSet.of(DeprovisionPolicy.KEEP)
                : EnumSet.of(DeprovisionPolicy.DROP, DeprovisionPolicy.KEEP);
    }

    /**
     * Deletes the tenant's rows as the serving login, bound to the tenant, so that the policies confine the deletion; first
     * it waits, at most 30 s, for transactions that write to protected tables.
     */
    @Override
    public List<ErasedResource> deprovision(Tenant tenant, DeprovisionPolicy policy) {
        if (pool == null || !policies().contains(policy)) {
            return IsolationStrategy.super.deprovision(tenant, policy);
        }
        try {
            return TenantContext.<List<ErasedResource>, SQLException>callAs(tenant, () -> {
                try (var connection = open(tenant)) {
                    var removal = new RowLevelRemoval(connection, tenant.id(), DRAIN);
                    return policy == DeprovisionPolicy.DROP ? removal.remove() : removal.count();
                }
            });
        } catch (SQLException failure) {
            throw TenantProvisioningException.ofRemoval(
                    tenant.id(), "the database refused it (SQLSTATE " + failure.getSQLState() + ")", failure);
        }
    }

    @Override
    public Connection open(Tenant tenant) throws SQLException {
        if (pool == null || binder == null) {
            throw TenantIsolationException.of(
                    "This row_level strategy has no DataSource to open connections of; make it"
                            + " with new RowLevelIsolationStrategy(pool, binder).");
        }
        return Borrowing.bound(pool, binder, Optional.of(tenant));
    }
}
