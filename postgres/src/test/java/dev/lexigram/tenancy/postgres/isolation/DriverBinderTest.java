package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgConnection;

/** What the driver binder reaches because it sits in the driver, and what it refuses. */
@EnumSource(names = "DRIVER")
class DriverBinderTest extends RowLevelTest {

    private interface Work {
        void on(Connection connection) throws Exception;
    }

    @ParameterizedTest
    @ValueSource(classes = {PgConnection.class, PGConnection.class, BaseConnection.class})
    void CN_20_the_connection_of_the_driver_is_bound_too(Class<?> type) throws Exception {
        asAcme(connection -> {
            var inner = (Connection) connection.unwrap(type);
            assertThat(rows(inner, READ)).containsExactly("acme 1", "acme 2");
            inner.setAutoCommit(false);
            assertThat(rows(inner, READ)).containsExactly("acme 1", "acme 2");
            inner.commit();
            assertThat(rows(inner, READ)).containsExactly("acme 1", "acme 2");
            inner.rollback();

            assertThatThrownBy(() -> TenantContext.<SQLException>runAs(GLOBEX, () -> rows(inner, READ)))
                    .isInstanceOf(TenantMismatchException.class);
            assertThat(inner.isClosed()).isTrue();
        });
    }

    @Test
    void CN_20_every_way_back_leads_to_a_bound_connection() throws Exception {
        asAcme(connection -> {
            try (var statement = connection.createStatement()) {
                for (var back : new Connection[] {
                    statement.getConnection(),
                    connection.getMetaData().getConnection(),
                    statement.executeQuery(READ).getStatement().getConnection()
                }) {
                    assertThat(rows(back, READ)).containsExactly("acme 1", "acme 2");
                }
            }
        });
    }

    @Test
    void CN_20_a_connection_that_was_kept_beyond_its_lease_works_for_nobody_else() throws Exception {
        var kept = new Connection[1];
        var prepared = new PreparedStatement[1];
        asAcme(connection -> {
            kept[0] = connection.unwrap(PgConnection.class);
            prepared[0] = kept[0].prepareStatement(READ);
            assertThat(prepared[0].executeQuery().next()).isTrue();
        });

        assertThatThrownBy(() -> prepared[0].executeQuery())
                .as("while it is in its pool")
                .hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        TenantContext.<SQLException>runAs(GLOBEX, () -> {
            try (var next = tenants.getConnection()) {
                assertThat(rows(next, READ)).containsExactly("globex 1", "globex 2");
                assertThatThrownBy(() -> TenantContext.<SQLException>runAs(ACME, () -> prepared[0].executeQuery()))
                        .as("while it is lent to another")
                        .isInstanceOf(TenantMismatchException.class);
            }
        });
        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin; insert into note (body) values ('new'); commit",
                "begin; savepoint s; insert into note (body) values ('undone'); rollback to s;"
                        + " insert into note (body) values ('new'); commit",
                "insert into note (body) values ('new'); begin; select body from note; commit",
                "begin isolation level serializable; insert into note (body) values ('new'); end",
                "rollback; insert into note (body) values ('new')",
            })
    void transactions_in_a_text_are_bound_from_their_beginning_to_their_end(String sql) throws Exception {
        asAcme(connection -> {
            run(connection, sql);
            assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2", "new");
        });
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
    }

    @Test
    void CN_12_a_change_within_such_a_text_is_refused_at_its_commit() throws Exception {
        asAcme(connection -> assertThatThrownBy(() -> run(
                        connection,
                        "begin; select public.become('globex', true);"
                                + " insert into note (tenant_id, body) values ('globex', 'smuggled'); commit"))
                .isInstanceOf(TenantMismatchException.class));
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
    }

    @Test
    void CN_12_after_a_failure_a_changed_binding_is_found_although_a_cursor_went_on(TestDatabase database)
            throws Exception {
        pool.close();
        pool = poolOfOne(database.jdbcUrl() + "?autosave=always", binder);
        tenants = bound(pool);
        asAcme(connection -> {
            connection.setAutoCommit(false);
            try (var cursor = connection.prepareStatement("select i from generate_series(1, 9) as i")) {
                cursor.setFetchSize(2);
                var rows = cursor.executeQuery();
                rows.next();
                run(connection, "select public.become('globex', true)");
                assertThatThrownBy(() -> run(connection, "select 1 / 0")).isInstanceOf(SQLException.class);
                for (var row = 0; row < 5; row++) {
                    rows.next();
                }
                assertThatThrownBy(() -> rows(connection, READ)).isInstanceOf(TenantMismatchException.class);
            }
        });
    }

    @Test
    void transactions_begun_by_a_text_end_with_the_lease() throws Exception {
        asAcme(connection -> {
            run(connection, "begin");
            run(connection, "insert into note (body) values ('never committed')");
            assertThat(rows(connection, READ)).hasSize(3);
        });
        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2");
    }

    @Test
    void RL_14_copy_to_gives_the_rows_of_the_tenant() throws Exception {
        asAcme(connection -> {
            connection.setAutoCommit(false);
            for (var time = 0; time < 3; time++) {
                var out = new StringWriter();
                copies(connection).copyOut("copy (select body from note order by id) to stdout", out);
                assertThat(out).hasToString("acme 1\nacme 2\n");
                connection.commit();
            }
        });
    }

    @Test
    void RL_14_copy_in_autocommit_would_be_unbound_and_is_refused() throws Exception {
        var copy = "copy (select body from note) to stdout";
        try (var raw = pool.getConnection()) {
            assertThatThrownBy(() -> copies(raw).copyOut(copy, new StringWriter()))
                    .as("unbound")
                    .hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        }
        asAcme(connection -> {
            assertThatThrownBy(() -> copies(connection).copyOut(copy, new StringWriter()))
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessageContaining("setAutoCommit(false)");
            assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
        });
    }

    @Test
    void RL_14_copy_from_says_what_to_do_instead() throws Exception {
        asAcme(connection -> {
            connection.setAutoCommit(false);
            assertThatThrownBy(() ->
                            copies(connection).copyIn("copy note (body) from stdin", new StringReader("copied\n")))
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessageContaining("insert the rows in batches");
            connection.rollback();
        });
        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2");
    }

    @Test
    void large_objects_are_refused(TestDatabase database) throws Exception {
        try (var raw = database.as(Role.APP).getConnection()) {
            raw.setAutoCommit(false);
            assertThat(raw.unwrap(PGConnection.class).getLargeObjectAPI().createLO())
                    .as("without the library")
                    .isPositive();
            raw.rollback();
        }
        asAcme(connection -> {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> connection
                            .unwrap(PGConnection.class)
                            .getLargeObjectAPI()
                            .createLO())
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessageContaining("bytea or text");
        });
    }

    @Test
    void CN_17_what_a_session_listens_to_unseen_does_not_reach_the_next_borrower(TestDatabase database)
            throws Exception {
        database.execute(
                Role.MIGRATOR,
                "create or replace function public.overhear() returns void language plpgsql as"
                        + " $$ begin execute 'listen gossip'; end $$");
        asAcme(connection -> run(connection, "select public.overhear()"));
        var before = backend(pool);
        database.execute(Role.APP, "notify gossip, 'about acme'");
        TenantContext.<SQLException>runAs(GLOBEX, () -> {
            try (var connection = tenants.getConnection()) {
                assertThat(rows(connection, "select pg_listening_channels()"))
                        .as("still there")
                        .contains("gossip");
                assertThat(connection.unwrap(PGConnection.class).getNotifications(5_000))
                        .isEmpty();
            }
        });
        assertThat(backend(pool)).as("it is not lent out again").isNotEqualTo(before);
    }

    @Test
    void CN_17_without_the_binder_the_next_borrower_is_told() throws SQLException {
        run(pool, "listen gossip");
        run(pool, "notify gossip, 'about acme'");
        try (var next = pool.getConnection()) {
            assertThat(next.unwrap(PGConnection.class).getNotifications(5_000))
                    .extracting(PGNotification::getParameter)
                    .containsExactly("about acme");
        }
    }

    @Test
    void who_names_no_driver_gets_the_drivers_own_connections(TestDatabase database) throws SQLException {
        assertThat(DriverManager.drivers()).anyMatch(TenancyDriver.class::isInstance);

        try (var connection = DriverManager.getConnection(database.jdbcUrl(), Role.APP.login(), "")) {
            assertThat(connection).isExactlyInstanceOf(PgConnection.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare transaction 'x'", "commit prepared 'x'", "rollback prepared 'x'"})
    void two_phase_commit_is_refused(String sql) throws Exception {
        asAcme(connection -> {
            connection.setAutoCommit(false);
            run(connection, "insert into note (body) values ('new')");
            assertThatThrownBy(() -> run(connection, sql)).isInstanceOf(SQLFeatureNotSupportedException.class);
        });
        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2");
    }

    private void asAcme(Work work) throws Exception {
        TenantContext.<Exception>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                work.on(connection);
            }
        });
    }

    private static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
