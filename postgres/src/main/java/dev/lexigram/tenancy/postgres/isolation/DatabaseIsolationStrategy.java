package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.postgres.database.TenantDatabases;
import dev.lexigram.tenancy.postgres.database.TenantPools;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Each tenant in a database of its own, with a login of its own: no SQL reaches another tenant's rows, whatever it says. The
 * pools of all these databases share one budget.
 */
public final class DatabaseIsolationStrategy implements IsolationStrategy {

    /** The name under which tenants choose it. */
    public static final String NAME = "database";

    private final @Nullable TenantPools pools;
    private final @Nullable TransactionBinder binder;
    private final @Nullable TenantDatabases databases;

    /** A strategy that can be registered, and makes no database and opens no connection. */
    public DatabaseIsolationStrategy() {
        this(null, null, null);
    }

    /** A strategy that opens connections to databases that others make. */
    public DatabaseIsolationStrategy(TenantPools pools, TransactionBinder binder) {
        this(pools, binder, null);
    }

    /** A strategy that makes and removes databases, and opens no connection. */
    public DatabaseIsolationStrategy(TenantDatabases databases) {
        this(null, null, databases);
    }

    /**
     * Opens connections of these pools.
     *
     * @param binder sees to it that each connection works for its tenant alone
     * @param databases makes and removes the databases, as another login
     */
    public DatabaseIsolationStrategy(
            @Nullable TenantPools pools, @Nullable TransactionBinder binder, @Nullable TenantDatabases databases) {
        this.pools = pools;
        this.binder = binder;
        this.databases = databases;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void provision(TenantId id) {
        databases().provision(id);
    }

    @Override
    public void deprovision(TenantId id) {
        forget(id);
        databases().undo(id);
    }

    @Override
    public Set<DeprovisionPolicy> policies() {
        return EnumSet.allOf(DeprovisionPolicy.class);
    }

    /** RENAME archives the database, and {@link TenantDatabases#restore} gives it back; KEEP leaves it out of reach. */
    @Override
    public List<ErasedResource> deprovision(Tenant tenant, DeprovisionPolicy policy) {
        forget(tenant.id());
        return switch (policy) {
            case DROP -> databases().drop(tenant.id());
            case RENAME -> databases().archive(tenant.id());
            case KEEP -> databases().close(tenant.id());
        };
    }

    @Override
    public Connection open(Tenant tenant) throws SQLException {
        if (pools == null || binder == null) {
            throw TenantIsolationException.of("This database strategy has no pools to open connections of; make it with"
                    + " new DatabaseIsolationStrategy(pools, binder, databases).");
        }
        return Borrowing.boundToDatabase(pools, binder, tenant);
    }

    private void forget(TenantId id) {
        if (pools != null) {
            pools.forget(id);
        }
    }

    private TenantDatabases databases() {
        if (databases == null) {
            throw TenantIsolationException.of(
                    "This database strategy makes and removes no databases, as it has no login"
                            + " that may; make it with new DatabaseIsolationStrategy(pools, binder, TenantDatabases.of(..)).");
        }
        return databases;
    }
}
