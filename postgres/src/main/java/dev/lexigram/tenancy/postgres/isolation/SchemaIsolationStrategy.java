package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.schema.TenantSchemas;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Each tenant in a schema of its own: its connections look for tables there and nowhere else, and the tables accept nobody
 * else. The same pool serves all of them, beside row-level tenants if there are any.
 */
public final class SchemaIsolationStrategy implements IsolationStrategy {

    private final @Nullable DataSource pool;
    private final @Nullable TransactionBinder binder;
    private final @Nullable TenantSchemas schemas;

    /** A strategy that can be registered, and makes no schema and opens no connection. */
    public SchemaIsolationStrategy() {
        this.pool = null;
        this.binder = null;
        this.schemas = null;
    }

    /** A strategy that opens connections to schemas that others make. */
    public SchemaIsolationStrategy(DataSource pool, TransactionBinder binder) {
        this.pool = pool;
        this.binder = binder;
        this.schemas = null;
    }

    /** A strategy that makes and removes schemas, and opens no connection. */
    public SchemaIsolationStrategy(TenantSchemas schemas) {
        this.pool = null;
        this.binder = null;
        this.schemas = schemas;
    }

    /**
     * Opens connections of this pool, bound by this binder.
     *
     * @param pool logs in as the role that serves
     * @param schemas makes and removes the schemas, as another role
     */
    public SchemaIsolationStrategy(DataSource pool, TransactionBinder binder, TenantSchemas schemas) {
        this.pool = pool;
        this.binder = binder;
        this.schemas = schemas;
    }

    @Override
    public String name() {
        return SchemaName.STRATEGY;
    }

    @Override
    public void provision(TenantId id) {
        schemas().provision(id);
    }

    @Override
    public void deprovision(TenantId id) {
        schemas().undo(id);
    }

    @Override
    public Set<DeprovisionPolicy> policies() {
        return EnumSet.allOf(DeprovisionPolicy.class);
    }

    /** RENAME archives the schema, and {@link TenantSchemas#restore} gives it back; KEEP leaves it out of reach. */
    @Override
    public List<ErasedResource> deprovision(Tenant tenant, DeprovisionPolicy policy) {
        return switch (policy) {
            case DROP -> schemas().drop(tenant.id());
            case RENAME -> schemas().archive(tenant.id());
            case KEEP -> schemas().close(tenant.id());
        };
    }

    @Override
    public Connection open(Tenant tenant) throws SQLException {
        if (pool == null || binder == null) {
            throw TenantIsolationException.of(
                    "This schema strategy has no DataSource to open connections of; make it with"
                            + " new SchemaIsolationStrategy(pool, binder, schemas).");
        }
        return Borrowing.boundToSchema(pool, binder, tenant);
    }

    private TenantSchemas schemas() {
        if (schemas == null) {
            throw TenantIsolationException.of(
                    "This schema strategy makes and removes no schemas, as it has no login that"
                            + " may; make it with new SchemaIsolationStrategy(pool, binder, TenantSchemas.of(..)).");
        }
        return schemas;
    }
}
