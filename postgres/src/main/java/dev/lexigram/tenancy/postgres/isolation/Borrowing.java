package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.tenant.Tenant;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Takes connections out of a pool; one that cannot be bound is ended rather than returned half prepared. */
final class Borrowing {

    private Borrowing() {}

    static Connection bound(DataSource pool, TransactionBinder binder, Optional<Tenant> tenant) throws SQLException {
        binder.prepare();
        var borrowed = pool.getConnection();
        var bound = false;
        try {
            var connection = binder.bind(borrowed, tenant);
            bound = true;
            return connection;
        } finally {
            if (!bound) {
                Eviction.of(borrowed);
            }
        }
    }
}
