package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Locks, subscriptions and prepared statements that one borrower takes by text are not there for the next one. */
@EnumSource
class SessionTraceTest extends RowLevelTest {

    private static final String LOCKS =
            "select objid from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()";
    private static final String CHANNELS = "select pg_listening_channels()";
    private static final String PREPARED = "select name from pg_prepared_statements where from_sql";

    private DataSource others;

    @BeforeEach
    void openOtherSession(TestDatabase database) {
        others = database.as(Role.APP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select pg_advisory_lock(17)",
                "select pg_advisory_lock_shared(17)",
                "select pg_catalog.\"pg_try_advisory_lock\"(17)",
                "SELECT PG_ADVISORY_LOCK(0, 17)",
                "select 1; select pg_advisory_lock(17)",
                "with taken as (select pg_advisory_lock(17)) select * from taken",
                "select 1 from generate_series(1, 2) where pg_try_advisory_lock(17)",
                "do $$ begin perform pg_advisory_lock(17); end $$",
                "select pg_advisory_unlock(17), pg_advisory_lock(17)",
            })
    void CN_17_a_lock_of_the_session_is_released_for_everybody(String sql) throws SQLException {
        run(pool, sql);
        assertThat(rows(pool, LOCKS)).as("without the library").isNotEmpty();
        assertThat(isFree()).as("without the library").isFalse();
        reset();
        Await.until("the release of the control's lock", () -> isFree());

        runAs(ACME, tenants, sql);

        TenantContext.<SQLException>runAs(
                GLOBEX, () -> assertThat(rows(tenants, LOCKS)).isEmpty());
        Await.until("the release of the lock", () -> isFree());
    }

    @Test
    void CN_17_a_lock_of_the_session_taken_in_a_transaction_is_released_although_it_outlives_the_rollback()
            throws SQLException {
        var sql = "select pg_advisory_lock(17)";
        leaveBehindInATransaction(pool, sql);
        assertThat(rows(pool, LOCKS)).as("without the library").containsExactly("17");
        reset();
        Await.until("the release of the control's lock", () -> isFree());

        TenantContext.<SQLException>runAs(ACME, () -> leaveBehindInATransaction(tenants, sql));

        TenantContext.<SQLException>runAs(
                GLOBEX, () -> assertThat(rows(tenants, LOCKS)).isEmpty());
        Await.until("the release of the lock", () -> isFree());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listen secrets_of_acme",
                "/* not */ LISTEN secrets_of_acme",
                "select 1; listen secrets_of_acme",
                "do $$ begin execute 'listen secrets_of_acme'; end $$",
            })
    void CN_17_a_subscription_is_not_there_for_the_next_borrower(String sql) throws SQLException {
        run(pool, sql);
        assertThat(rows(pool, CHANNELS)).as("without the library").containsExactly("secrets_of_acme");
        assertThat(messagesOfTheNextBorrower(pool)).as("without the library").containsExactly("for acme alone");
        reset();

        runAs(ACME, tenants, sql);

        TenantContext.<SQLException>runAs(
                GLOBEX, () -> assertThat(rows(tenants, CHANNELS)).isEmpty());
        assertThat(messagesOfTheNextBorrower(pool)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prepare secret_of_acme as select 'a secret of acme'::text",
                "PREPARE secret_of_acme(int) AS select 'a secret of acme'::text",
                "select 1; prepare secret_of_acme as select 'a secret of acme'::text",
                "do $$ begin execute 'prepare secret_of_acme as select ''a secret of acme''::text'; end $$",
            })
    void CN_17_a_statement_prepared_by_text_is_not_there_for_the_next_borrower(String sql) throws SQLException {
        run(pool, sql);
        assertThat(rows(pool, PREPARED)).as("without the library").containsExactly("secret_of_acme");
        reset();

        runAs(ACME, tenants, sql);

        TenantContext.<SQLException>runAs(GLOBEX, () -> {
            assertThat(rows(tenants, PREPARED)).isEmpty();
            assertThatThrownBy(() -> rows(tenants, "execute secret_of_acme"))
                    .hasFieldOrPropertyWithValue("SQLState", "26000");
        });
    }

    private boolean isFree() throws SQLException {
        return rows(others, "select pg_try_advisory_lock(17) and pg_try_advisory_lock(0, 17)")
                .equals(List.of("t"));
    }

    private List<String> messagesOfTheNextBorrower(DataSource dataSource) throws SQLException {
        run(others, "notify secrets_of_acme, 'for acme alone'");
        try (var connection = dataSource.getConnection()) {
            rows(connection, "select 1");
            var messages = connection.unwrap(PGConnection.class).getNotifications();
            return Stream.of(messages == null ? new PGNotification[0] : messages)
                    .map(PGNotification::getParameter)
                    .toList();
        }
    }

    private void reset() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    private static void leaveBehindInATransaction(DataSource dataSource, String sql) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            run(connection, sql);
            connection.rollback();
        }
    }
}
