package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.TransactionLimits;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** P-4: what a transaction holds, it holds for a limited time. */
@EnumSource
class TransactionLimitsTest extends RowLevelTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String SLOW = "select pg_sleep(1.5)";
    private static final String TIMEOUT = "select current_setting('statement_timeout')";
    private static final String UPDATE = "update note set body = 'changed' where body like '% 1'";

    private TestDatabase database;
    private DataSource connections;

    @BeforeEach
    void connect(TestDatabase database) {
        this.database = database;
        this.connections = binder.connections(database, Role.APP);
    }

    @Test
    void RX_04_a_statement_ends_when_its_time_is_over_and_not_before() throws SQLException {
        var limits = TransactionLimits.NONE.withStatement(SHORT);

        assertThatThrownBy(() -> runAs(ACME, limited(limits), SLOW)).satisfies(state("57014"));
        inTransaction(limited(limits), connection -> {
            rows(connection, READ);
            assertThatThrownBy(() -> run(connection, SLOW)).satisfies(state("57014"));
        });
        assertThatCode(() -> runAs(ACME, limited(TransactionLimits.NONE), SLOW)).doesNotThrowAnyException();
    }

    @Test
    void RX_04_a_statement_waits_for_a_lock_as_long_as_it_may() throws SQLException {
        assertThatThrownBy(() -> updateWhileLocked(TransactionLimits.NONE.withLock(SHORT)))
                .satisfies(state("55P03"));
        updateWhileLocked(TransactionLimits.NONE);
        assertThat(notesOf(ACME, tenants)).contains("changed");
    }

    @Test
    void RX_04_who_leaves_a_transaction_idle_loses_it_with_its_locks() throws SQLException {
        inTransaction(limited(TransactionLimits.NONE.withIdle(SHORT)), connection -> {
            run(connection, UPDATE);
            var pid = pid(connection);
            Await.until("the connection ends", () -> !isThere(pid));
            runAs(ACME, tenants, UPDATE); // would wait for ever
            assertThatThrownBy(() -> run(connection, UPDATE)).isInstanceOf(SQLException.class);
        });
        inTransaction(limited(TransactionLimits.NONE), connection -> {
            run(connection, UPDATE);
            database.execute(Role.MIGRATOR, SLOW);
            assertThat(isThere(pid(connection))).isTrue();
        });
    }

    @Test
    void a_transaction_may_give_itself_another_limit_and_keeps_it() throws SQLException {
        inTransaction(limited(TransactionLimits.DEFAULTS), connection -> {
            assertThat(rows(connection, TIMEOUT)).containsExactly("30s");
            run(connection, "set local statement_timeout = '5min'");
            var savepoint = connection.setSavepoint();
            assertThatThrownBy(() -> run(connection, "select 1 / 0")).isInstanceOf(SQLException.class);
            connection.rollback(savepoint);
            assertThat(rows(connection, TIMEOUT)).containsExactly("5min");
            connection.commit();
            assertThat(rows(connection, TIMEOUT)).as("the next one").containsExactly("30s");
        });
    }

    @Test
    void a_limit_that_was_reset_with_the_binding_is_set_again() throws SQLException {
        inTransaction(limited(TransactionLimits.DEFAULTS), connection -> {
            rows(connection, READ);
            run(connection, "reset all");
            assertThat(rows(connection, TIMEOUT)).containsExactly("30s");
            assertThat(rows(connection, READ)).hasSize(2);
        });
    }

    @Test
    void a_transaction_in_a_schema_of_its_own_has_the_same_limits() throws SQLException {
        SchemaTables.create(database, ACME);
        var schemas = SchemaTables.tenants(connections, binder.of(IsolationConfig.DEFAULTS));

        inTransaction(SchemaTables.withSchema(ACME), schemas, connection -> {
            assertThat(rows(connection, TIMEOUT)).containsExactly("30s");
            assertThat(rows(connection, "select current_setting('lock_timeout')"))
                    .containsExactly("5s");
            assertThat(rows(connection, "select current_setting('idle_in_transaction_session_timeout')"))
                    .containsExactly("10s");
        });
    }

    @Test
    void a_stricter_limit_of_the_login_or_its_URL_stays_and_a_wider_one_does_not() throws SQLException {
        assertThat(chosen("2s", IsolationConfig.DEFAULTS)).isEqualTo("2s");
        assertThat(chosen("2min", IsolationConfig.DEFAULTS)).isEqualTo("30s");
        assertThat(chosen("0", IsolationConfig.DEFAULTS)).isEqualTo("30s");
        assertThat(chosen("2min", IsolationConfig.DEFAULTS.withLimits(TransactionLimits.NONE)))
                .isEqualTo("2min");
    }

    @Test
    void nothing_is_limited_while_an_application_is_only_observed() throws SQLException {
        assertThat(chosen("0", IsolationConfig.DEFAULTS.withAdoption(AdoptionMode.REPORT)))
                .isEqualTo("0");
    }

    @Test
    void the_removal_of_a_tenant_takes_as_long_as_it_does() throws SQLException {
        database.execute(Role.MIGRATOR, """
                set role tenancy_owner;
                create function slow() returns trigger language plpgsql as
                    $$ begin perform pg_sleep(0.4); return old; end $$;
                create trigger slow before delete on note for each row execute function slow()""");
        try {
            var limited = limited(TransactionLimits.NONE.withStatement(SHORT));

            assertThatThrownBy(() -> runAs(ACME, limited, "delete from note")).satisfies(state("57014"));
            TenantContext.<SQLException>runAs(ACME, () -> {
                try (var connection = limited.getConnection()) {
                    TenantTransactions.of(connection).<Boolean>each(removal -> {
                        run(removal, "delete from note");
                        return true;
                    });
                }
            });

            assertThat(notesOf(ACME, tenants)).isEmpty();
        } finally {
            database.execute(Role.MIGRATOR, "set role tenancy_owner; drop function slow() cascade");
        }
    }

    private TenantDataSource limited(TransactionLimits limits) {
        return TenantDataSource.rowLevel(
                connections, binder.of(IsolationConfig.DEFAULTS.withLimits(limits)), () -> true);
    }

    /** The limit of a statement, where the login's session has this one. */
    private String chosen(String ofSession, IsolationConfig config) throws SQLException {
        var own = binder.connections(
                database.jdbcUrl() + "?options=-c%20statement_timeout=" + ofSession + "&ApplicationName=own", Role.APP);
        var chosen = TenantDataSource.rowLevel(own, new SelfTestedBinder("own", own, config), () -> true);
        return TenantContext.<String, SQLException>callAs(
                ACME, () -> rows(chosen, TIMEOUT).get(0));
    }

    /** Updates rows that another transaction has locked, and keeps for longer than is short. */
    private void updateWhileLocked(TransactionLimits limits) throws SQLException {
        var locked = new CompletableFuture<Integer>();
        var holder = CompletableFuture.runAsync(() -> hold(locked), task -> new Thread(task).start());
        locked.join();
        try {
            runAs(ACME, limited(limits), UPDATE);
        } finally {
            holder.join();
        }
    }

    private void hold(CompletableFuture<Integer> locked) {
        try {
            inTransaction(limited(TransactionLimits.NONE), connection -> {
                run(connection, UPDATE);
                locked.complete(1);
                run(connection, SLOW);
                connection.rollback();
            });
        } catch (SQLException failure) {
            locked.completeExceptionally(failure);
        }
    }

    private boolean isThere(int pid) throws SQLException {
        try (var connection = database.as(Role.MIGRATOR).getConnection()) {
            return !rows(connection, "select pid from pg_stat_activity where pid = " + pid)
                    .isEmpty();
        }
    }

    private static int pid(Connection connection) throws SQLException {
        return Integer.parseInt(rows(connection, "select pg_backend_pid()").get(0));
    }

    private static void inTransaction(DataSource tenants, Work work) throws SQLException {
        inTransaction(ACME, tenants, work);
    }

    private static void inTransaction(Tenant tenant, DataSource tenants, Work work) throws SQLException {
        TenantContext.<SQLException>runAs(tenant, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                work.on(connection);
            }
        });
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private static Consumer<Throwable> state(String sqlState) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        raised -> assertThat(raised.getSQLState()).isEqualTo(sqlState));
    }
}
