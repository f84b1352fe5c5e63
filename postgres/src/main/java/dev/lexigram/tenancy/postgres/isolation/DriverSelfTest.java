package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.driver.TenancyConnection;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Finds out, on a connection of the pool, whether the driver binder works with this driver, this pool and this server.
 * It needs no table: the statements look at the setting, or fail if it is not what it should be. They are those in which
 * the driver has surprises; each is bound, or the driver binder is not used. One connection is closed in the course.
 */
final class DriverSelfTest {

    /** Nobody's tenant; what it raises is no event. */
    static final Tenant PROBE =
            Tenant.active(TenantId.of("tenancy-self-test"), Slug.of("tenancy-self-test"), "Self-test", Instant.EPOCH);

    private static final int EXECUTIONS = 10; // from the sixth on the driver knows more of a statement
    private static final int ENTRIES = 300; // from 256 on the driver breaks up a batch

    private final DataSource pool;
    private final TransactionBinder binder;
    private final String described;
    private final String entry;
    private final String change;

    DriverSelfTest(DataSource pool, TransactionBinder binder, IsolationConfig config) {
        var setting = "pg_catalog.split_part(pg_catalog.current_setting('" + config.settingName() + "', true), '.', 1)";
        var holds = "1 / case when " + setting + " = ? then 1 else 0 end"; // else a division by zero
        this.pool = pool;
        this.binder = binder;
        this.described = "select " + holds + ", 'text'::text where now() > ?";
        this.entry = "select " + holds;
        this.change = "set local " + config.settingName() + " = 'somebody-else'";
    }

    /**
     * Why the driver binder cannot be used, if it cannot.
     *
     * @throws SQLException if the pool gives no connection
     */
    Optional<String> problem() throws SQLException {
        var unsupported = TenancyDriver.unsupported();
        if (unsupported.isPresent()) {
            return unsupported;
        }
        try (var probe = pool.getConnection()) {
            if (!probe.isWrapperFor(TenancyConnection.class)) {
                return Optional.of("the pool's connections are not of driver class " + TenancyDriver.class.getName());
            }
        }
        try {
            return TenantContext.callAs(PROBE, this::surprise);
        } catch (SQLException | TenantException failure) {
            return Optional.of("the self-test failed: " + failure.getMessage());
        }
    }

    private Optional<String> surprise() throws SQLException {
        try (var connection = Borrowing.bound(pool, binder, Optional.of(PROBE))) {
            checkDescribed(connection);
            checkBatch(connection);
            connection.setAutoCommit(false);
            checkDescribed(connection);
            connection.commit();
            checkDescribed(connection);
            return isChangeNoticed(connection)
                    ? Optional.empty()
                    : Optional.of("a change of the binding was not noticed at the commit");
        }
    }

    // With a parameter of unknown type and a column of unbounded size, the driver would send it apart.
    private void checkDescribed(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(described)) {
            for (var time = 0; time < EXECUTIONS; time++) {
                statement.setString(1, PROBE.id().value());
                statement.setTimestamp(2, Timestamp.from(Instant.EPOCH));
                statement.executeQuery().close();
            }
        }
    }

    private void checkBatch(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(entry)) {
            for (var count = 0; count < ENTRIES; count++) {
                statement.setString(1, PROBE.id().value());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private boolean isChangeNoticed(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(change);
            connection.commit();
            return false;
        } catch (TenantMismatchException noticed) {
            return true;
        }
    }
}
