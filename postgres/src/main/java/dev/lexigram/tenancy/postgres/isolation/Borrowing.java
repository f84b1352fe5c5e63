package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.postgres.database.TenantPools;
import dev.lexigram.tenancy.tenant.Tenant;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Takes connections out of a pool; one that cannot be bound is ended rather than returned half prepared. */
final class Borrowing {

    private Borrowing() {}

    static Connection bound(DataSource pool, TransactionBinder binder, Optional<Tenant> tenant) throws SQLException {
        return bound(pool, binder, borrowed -> binder.bind(borrowed, tenant));
    }

    /** Confined to the tenant's own schema, too. */
    static Connection boundToSchema(DataSource pool, TransactionBinder binder, Tenant tenant) throws SQLException {
        return bound(pool, binder, borrowed -> binder.bindToSchema(borrowed, tenant));
    }

    /** Out of the tenant's own database. */
    static Connection boundToDatabase(TenantPools pools, TransactionBinder binder, Tenant tenant) throws SQLException {
        return bound(() -> pools.borrow(tenant.id()), binder, borrowed -> binder.bindToDatabase(borrowed, tenant));
    }

    private static Connection bound(DataSource pool, TransactionBinder binder, Binding binding) throws SQLException {
        return bound(pool::getConnection, binder, binding);
    }

    private static Connection bound(Source pool, TransactionBinder binder, Binding binding) throws SQLException {
        binder.prepare();
        var borrowed = pool.borrow();
        var bound = false;
        try {
            var connection = binding.of(borrowed);
            bound = true;
            return connection;
        } finally {
            if (!bound) {
                Eviction.of(borrowed);
            }
        }
    }

    private interface Binding {
        Connection of(Connection borrowed) throws SQLException;
    }

    private interface Source {
        Connection borrow() throws SQLException;
    }
}
