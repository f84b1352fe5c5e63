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
    private final @Nullable RowLevelArchive archive;

    /** A strategy that can be registered and provisions tenants, but opens no connection. */
    public RowLevelIsolationStrategy() {
        this.pool = null;
        this.binder = null;
        this.archive = null;
    }

    /** Opens connections of this pool, whose login is subject to the policies, bound by this binder. */
    public RowLevelIsolationStrategy(DataSource pool, TransactionBinder binder) {
        this.pool = pool;
        this.binder = binder;
        this.archive = null;
    }

    /** The rows of a removed tenant can go into this archive, too. */
    public RowLevelIsolationStrategy(DataSource pool, TransactionBinder binder, RowLevelArchive archive) {
        this.pool = pool;
        this.binder = binder;
        this.archive = archive;
    }

    @Override
    public String name() {
        return "row_level";
    }

    @Override
    public void provision(TenantId id) {}

    @Override
    public void deprovision(TenantId id) {}

    /** Rows can be destroyed or kept, and be archived where a login is known that may. */
    @Override
    public Set<DeprovisionPolicy> policies() {
        if (pool == null) {
            return EnumSet.of(DeprovisionPolicy.KEEP);
        }
        return archive == null
                ? EnumSet.of(DeprovisionPolicy.DROP, DeprovisionPolicy.KEEP)
                : EnumSet.allOf(DeprovisionPolicy.class);
    }

    /**
     * Takes the tenant's rows out of the tables, confined by the policies: DROP as the serving login, RENAME as the owner of
     * the tables. First it waits, at most 30 s, for transactions that write to protected tables.
     */
    @Override
    public List<ErasedResource> deprovision(Tenant tenant, DeprovisionPolicy policy) {
        if (pool == null || !policies().contains(policy)) {
            return IsolationStrategy.super.deprovision(tenant, policy);
        }
        try {
            return policy == DeprovisionPolicy.RENAME && archive != null
                    ? archive.take(tenant.id(), DRAIN)
                    : TenantContext.callAs(tenant, () -> removeOrCount(tenant, policy));
        } catch (SQLException failure) {
            throw TenantProvisioningException.ofRemoval(
                    tenant.id(), "the database refused it (SQLSTATE " + failure.getSQLState() + ")", failure);
        }
    }

    private List<ErasedResource> removeOrCount(Tenant tenant, DeprovisionPolicy policy) throws SQLException {
        try (var connection = open(tenant)) {
            var removal = new RowLevelRemoval(TenantTransactions.of(connection), tenant.id(), DRAIN);
            return policy == DeprovisionPolicy.DROP ? removal.remove() : removal.count();
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
