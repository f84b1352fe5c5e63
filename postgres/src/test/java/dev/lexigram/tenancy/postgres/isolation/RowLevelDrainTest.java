package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LC-05: a tenant is removed while transactions are under way. */
@TenancyTest
class RowLevelDrainTest {

    private static final int TRANSACTIONS = 100;
    private static final String WAITING = """
            select count(*) from pg_stat_activity where query like '%pg_locks%' and pid <> pg_backend_pid()
            """;

    /** Nobody is waited for. */
    private static final WriterDrain NOBODY = new WriterDrain(Duration.ZERO) {
        @Override
        int await(Connection connection) {
            return 0;
        }
    };

    private final List<UnderWay> open = new ArrayList<>();

    @BeforeAll
    static void create(TestDatabase database) {
        database.execute(
                Role.MIGRATOR,
                "set role tenancy_owner; create table note (body text not null);"
                        + " create table day (at date not null) partition by range (at);"
                        + " create table day_2026 partition of day for values from ('2026-01-01') to ('2027-01-01');"
                        + " grant select, insert, update, delete on note, day to tenancy_app");
        RowLevelPolicies.forTables("note", "day").apply(database.as(Role.MIGRATOR));
    }

    @BeforeEach
    void empty(TestDatabase database) {
        database.execute(Role.SUPERUSER, "truncate note, day");
    }

    @Test
    void LC_05_what_transactions_under_way_have_written_goes_as_well(TestDatabase database) throws Exception {
        for (var each = 0; each < TRANSACTIONS; each++) {
            write(database, each % 2 == 0 ? RowLevelTest.ACME : RowLevelTest.GLOBEX);
        }
        var removal = new FutureTask<>(() -> strategy(database).deprovision(RowLevelTest.ACME, DeprovisionPolicy.DROP));
        new Thread(removal).start();
        Await.until("the removal to wait", () -> number(database, WAITING) > 0);

        for (var transaction : open) {
            transaction.commit();
        }

        assertThat(removal.get())
                .contains(new ErasedResource("public.note", 50, 50, 0), new ErasedResource("public.day", 50, 50, 0));
        assertThat(number(database, "select count(*) from note")).isEqualTo(TRANSACTIONS / 2);
    }

    @Test
    void LC_05_control_who_does_not_wait_leaves_rows_behind(TestDatabase database) throws SQLException {
        write(database, RowLevelTest.ACME);

        try (var connection = TenantContext.<Connection, SQLException>callAs(
                RowLevelTest.ACME, () -> strategy(database).open(RowLevelTest.ACME))) {
            var impatient = new RowLevelRemoval(TenantTransactions.of(connection), RowLevelTest.ACME.id(), NOBODY);
            TenantContext.<List<ErasedResource>, SQLException>callAs(RowLevelTest.ACME, impatient::remove);
        }
        open.get(0).commit();

        assertThat(number(database, "select count(*) from note")).isEqualTo(1);
    }

    @Test
    void LC_05_a_transaction_that_does_not_end_keeps_the_removal_from_touching_anything(TestDatabase database)
            throws SQLException {
        database.execute(Role.SUPERUSER, "insert into note (body, tenant_id) values ('kept', 'acme')");
        write(database, RowLevelTest.GLOBEX);

        try (var connection = TenantContext.<Connection, SQLException>callAs(
                RowLevelTest.ACME, () -> strategy(database).open(RowLevelTest.ACME))) {
            var removal = new RowLevelRemoval(
                    TenantTransactions.of(connection), RowLevelTest.ACME.id(), new WriterDrain(Duration.ofMillis(100)));
            assertThatThrownBy(() -> TenantContext.<List<ErasedResource>, SQLException>callAs(
                            RowLevelTest.ACME, removal::remove))
                    .isInstanceOf(TenantProvisioningException.class)
                    .hasMessageContaining("1 transactions");
        }

        assertThat(number(database, "select count(*) from note where body = 'kept'"))
                .isEqualTo(1);
        open.get(0).commit();
    }

    private void write(TestDatabase database, Tenant tenant) throws SQLException {
        TenantContext.<Void, SQLException>callAs(tenant, () -> {
            var connection = strategy(database).open(tenant);
            open.add(new UnderWay(tenant, connection));
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("insert into note (body) values ('under way')");
                statement.executeUpdate("insert into day (at) values ('2026-11-01')");
            }
            return null;
        });
    }

    private static RowLevelIsolationStrategy strategy(TestDatabase database) {
        return new RowLevelIsolationStrategy(
                database.as(Role.APP), new PlainTransactionBinder(IsolationConfig.DEFAULTS));
    }

    private static int number(TestDatabase database, String sql) {
        try (var connection = database.as(Role.SUPERUSER).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private record UnderWay(Tenant tenant, Connection connection) {

        void commit() throws SQLException {
            TenantContext.<Void, SQLException>callAs(tenant, () -> {
                try (connection) {
                    connection.commit();
                }
                return null;
            });
        }
    }
}
