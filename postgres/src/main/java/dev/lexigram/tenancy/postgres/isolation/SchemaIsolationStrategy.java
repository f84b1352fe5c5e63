package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Each tenant in a schema of its own. */
public final class SchemaIsolationStrategy implements IsolationStrategy {

    private final DataSource pool;
    private final TransactionBinder binder;

    public SchemaIsolationStrategy(DataSource pool, TransactionBinder binder) {
        this.pool = pool;
        this.binder = binder;
    }

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public void provision(TenantId id) {}

    @Override
    public void deprovision(TenantId id) {}

    @Override
    public Connection open(Tenant tenant) throws SQLException {
        return Borrowing.boundToSchema(pool, binder, tenant);
    }
}
