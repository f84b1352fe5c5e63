package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Asks the server whether a connection is bound, for a tenant that is nobody's. */
public final class BindingProbe {

    private BindingProbe() {}

    /** Whether a connection of this pool is bound by this binder just now. @throws SQLException if that cannot be told */
    public static boolean isBound(DataSource pool, TransactionBinder binder, IsolationConfig config)
            throws SQLException {
        var sql = "select pg_catalog.split_part(pg_catalog.current_setting('" + config.settingName()
                + "', true), '.', 1)";
        return TenantContext.<Boolean, SQLException>callAs(DriverSelfTest.PROBE, () -> {
            try (var connection = Borrowing.bound(pool, binder, Optional.of(DriverSelfTest.PROBE));
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                return rows.next() && DriverSelfTest.PROBE.id().value().equals(rows.getString(1));
            }
        });
    }
}
