package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement that changes the binding is found out before anything of its transaction is stored. */
@EnumSource
class TamperTest extends RowLevelTest {

    private static final String HIDDEN = "select public.become('globex', true)";
    private static final String STORE = "insert into note (body) values ('stored under a false name')";

    @Test
    void CN_12_a_transaction_whose_binding_was_changed_is_rolled_back_and_evicted() throws SQLException {
        var before = backend(pool);
        try (var raw = pool.getConnection()) {
            raw.setAutoCommit(false);
            run(raw, "select public.become('acme', true)");
            run(raw, HIDDEN);
            run(raw, STORE);
            raw.commit();
        }
        assertThat(notesOf(GLOBEX, tenants)).as("without the check").contains("stored under a false name");
        runAs(GLOBEX, tenants, "delete from note where body like 'stored%'");

        var log = securityLog(() -> TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, HIDDEN);
                run(connection, STORE);
                assertThatThrownBy(connection::commit)
                        .isInstanceOf(TenantMismatchException.class)
                        .hasMessageContaining("'acme'")
                        .hasMessageNotContaining("globex");
                assertThat(connection.isClosed()).isTrue();
            }
        }));

        assertThat(log).containsOnlyOnce("binding_changed tenant=acme");
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
        assertThat(backend(pool)).isNotEqualTo(before);
    }

    @Test
    void CN_12_in_autocommit_the_statement_that_changed_it_is_refused_itself() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                assertThatThrownBy(() -> run(connection, HIDDEN)).isInstanceOf(TenantMismatchException.class);
                assertThat(connection.isClosed()).isTrue();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select body from note where body = '' or (select set_config('tenancy.tenant_id', 'globex', true)) is not null",
                "select body from note; select public.become('globex', true)",
                "set local tenancy.tenant_id = 'globex'",
                "do $$ begin perform public.become('globex', true); end $$",
            })
    void CN_12_a_suspicious_text_is_followed_by_a_check_before_the_next_statement(String sql) throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, sql);
                assertThatThrownBy(() -> rows(connection, READ)).isInstanceOf(TenantMismatchException.class);
            }
        });
    }

    @Test
    void CN_12_a_connection_without_a_tenant_cannot_be_bound_by_a_statement_either() throws SQLException {
        try (var connection = tenants.getConnection()) {
            connection.setAutoCommit(false);
            run(connection, HIDDEN);
            run(connection, STORE);
            assertThatThrownBy(connection::commit)
                    .isInstanceOf(TenantMismatchException.class)
                    .hasMessageContaining("without a tenant");
        }
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
    }

    @Test
    void CN_12_operators_and_functions_on_the_search_path_cannot_answer_the_check(TestDatabase database)
            throws SQLException {
        database.execute(Role.SUPERUSER, """
                drop schema if exists evil cascade; create schema evil;
                grant usage on schema evil to tenancy_app;
                create function evil.always(text, text) returns boolean language sql as 'select true';
                create operator evil.= (leftarg = text, rightarg = text, function = evil.always);
                create function evil.current_setting(text, boolean) returns text language sql as $$select 'acme'::text$$;
                """);
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "set search_path to evil, pg_catalog, public");
                assertThat(rows(connection, "select current_setting('tenancy.tenant_id', true) = 'x'"))
                        .as("an unqualified check")
                        .containsExactly("t");
                run(connection, HIDDEN);
                assertThatThrownBy(connection::commit).isInstanceOf(TenantMismatchException.class);
            }
        });
    }

    @Test
    void a_failed_transaction_is_committed_as_the_driver_does_it_which_is_a_rollback() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "insert into note (body) values ('half done')");
                assertThatThrownBy(() -> run(connection, "select 1/0")).isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> rows(connection, READ)).hasFieldOrPropertyWithValue("SQLState", "25P02");
                connection.commit();
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
                connection.commit();
            }
        });
    }

    @Test
    void a_commit_that_the_database_refuses_is_no_change_of_the_binding() throws SQLException {
        var before = backend(pool);
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "update note set rank = 1");
                assertThatThrownBy(connection::commit).hasFieldOrPropertyWithValue("SQLState", "23505");
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
                connection.commit();
                connection.setAutoCommit(true);
                assertThatThrownBy(() -> run(connection, "update note set rank = 1"))
                        .hasFieldOrPropertyWithValue("SQLState", "23505");
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
            }
        });
        assertThat(backend(pool)).isEqualTo(before);
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static String securityLog(Work work) throws SQLException {
        var usual = System.err;
        var log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(usual);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
