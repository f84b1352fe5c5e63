package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Every transaction is bound before its first statement, and bound again wherever the binding may be gone. */
@EnumSource
class TransactionBindingTest extends RowLevelTest {

    private static final String BIND_ACME = "select set_config('tenancy.tenant_id', 'acme', true)";

    @Test
    void CN_05_a_commit_ends_the_binding_and_the_next_statement_is_bound_again() throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            run(connection, BIND_ACME);
            connection.commit();
            assertThatThrownBy(() -> rows(connection, READ))
                    .as("without the library")
                    .hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        }

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
                connection.commit();
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
                connection.rollback();
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
            }
        });
    }

    @Test
    void CN_06_a_statement_in_autocommit_is_bound_each_time() throws SQLException {
        try (var connection = pool.getConnection()) {
            run(connection, BIND_ACME);
            assertThatThrownBy(() -> rows(connection, READ))
                    .as("without the library")
                    .hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        }

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection();
                    var prepared = connection.prepareStatement("select count(*) from note where written <= ?")) {
                for (var time = 0; time < 10; time++) {
                    assertThat(connection.getAutoCommit()).isTrue();
                    assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
                    prepared.setTimestamp(1, Timestamp.valueOf("2030-01-01 00:00:00"));
                    try (var result = prepared.executeQuery()) {
                        assertThat(result.next()).isTrue();
                        assertThat(result.getInt(1)).isEqualTo(2);
                    }
                }
            }
        });
    }

    @Test
    void CN_07_the_setting_reads_as_empty_after_its_first_use_and_nothing_accepts_that() throws SQLException {
        assertThat(notesOf(ACME, tenants)).hasSize(2);
        run(pool, "insert into naive values ('', 'a row of nobody')");

        assertThat(rows(pool, "select current_setting('tenancy.tenant_id', true)"))
                .containsExactly("");
        assertThat(rows(tenants, "select body from naive"))
                .as("under a naive policy")
                .containsExactly("a row of nobody");
        assertThatThrownBy(() -> notes(tenants))
                .hasMessageContaining("tenant not bound")
                .hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        assertThatThrownBy(() -> run(tenants, "insert into note (tenant_id, body) values ('', 'a row of nobody')"))
                .hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        assertThatThrownBy(() -> runAs(ACME, tenants, "insert into note (tenant_id, body) values ('', 'x')"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void CN_08_savepoints_neither_lose_the_binding_nor_keep_another_one() throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            run(connection, BIND_ACME);
            var savepoint = connection.setSavepoint();
            run(connection, "select public.become('globex', true)");
            connection.releaseSavepoint(savepoint);
            assertThat(rows(connection, READ)).as("without the library").containsExactly("globex 1", "globex 2");
            connection.rollback();
        }

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                var first = connection.setSavepoint();
                run(connection, "insert into note (body) values ('kept')");
                var second = connection.setSavepoint("second");
                assertThatThrownBy(() -> run(connection, "select 1/0")).isInstanceOf(SQLException.class);
                connection.rollback(second);
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2", "kept");
                connection.releaseSavepoint(first);
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2", "kept");
                connection.commit();
            }
        });
        assertThat(notesOf(ACME, tenants)).contains("kept");
    }

    @Test
    void CN_08_a_rollback_to_a_savepoint_before_the_change_takes_the_change_back() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                var before = connection.setSavepoint();
                run(connection, "select public.become('globex', true)");
                connection.rollback(before);
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
                connection.commit();
            }
        });
    }

    @Test
    void CN_09_cached_plans_keep_the_tenants_apart(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                set role tenancy_owner;
                create or replace function public.frozen() returns text language plpgsql immutable as
                  $$ begin return current_setting('tenancy.tenant_id', true); end $$;
                drop table if exists public.frozen_note;
                create table public.frozen_note (tenant_id text, body text);
                alter table public.frozen_note enable row level security;
                alter table public.frozen_note force row level security;
                create policy frozen on public.frozen_note using (tenant_id = public.frozen());
                grant select on public.frozen_note to tenancy_app;
                reset role;
                insert into public.frozen_note values ('acme', 'acme 1'), ('globex', 'globex 1');
                """);
        try (var generic = poolOfOne(database.jdbcUrl() + "?options=-c%20plan_cache_mode=force_generic_plan", binder)) {
            var bound = bound(generic);

            for (var time = 0; time < 8; time++) {
                for (var tenant : new Tenant[] {ACME, GLOBEX}) {
                    assertThat(prepared(tenant, bound, READ)).isEqualTo(tenant.id() + " 1");
                    assertThat(prepared(tenant, bound, "select note_count()")).isEqualTo("2");
                }
            }

            var frozen = "select body from frozen_note order by body";
            for (var time = 0; time < 8; time++) {
                prepared(ACME, bound, frozen);
            }
            assertThat(prepared(GLOBEX, bound, frozen))
                    .as("a policy that may be folded into a cached plan")
                    .isEqualTo("acme 1");
        }
    }

    @Test
    void CN_09_a_changed_search_path_or_result_type_gives_an_error_or_the_right_rows() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection();
                    var statement = connection.prepareStatement("select body from note")) {
                for (var time = 0; time < 8; time++) {
                    assertThat(first(statement)).isEqualTo("acme 1");
                }
                run(connection, "set search_path to side");
                assertThat(first(statement)).isEqualTo("of the side schema");
            }
        });
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
    }

    @Test
    void a_transaction_may_begin_with_its_isolation_level() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "set transaction isolation level repeatable read, read only");
                assertThat(rows(connection, "show transaction_isolation")).containsExactly("repeatable read");
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
                connection.commit();
            }
        });
    }

    @Test
    void what_was_set_on_the_connection_is_set_back() throws SQLException {
        var before = backend(pool);

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                connection.setNetworkTimeout(Runnable::run, 20_000);
                connection.setAutoCommit(false);
                assertThat(rows(connection, "show transaction_read_only")).containsExactly("on");
            }
        });

        try (var connection = pool.getConnection()) {
            assertThat(connection.isReadOnly()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(connection.getNetworkTimeout()).isZero();
            assertThat(connection.getAutoCommit()).isTrue();
        }
        assertThat(backend(pool)).isEqualTo(before);
    }

    private static String prepared(Tenant tenant, TenantDataSource dataSource, String sql) throws SQLException {
        return TenantContext.<String, SQLException>callAs(tenant, () -> {
            try (var connection = dataSource.getConnection();
                    var statement = connection.prepareStatement(sql)) {
                return first(statement);
            }
        });
    }

    private static String first(PreparedStatement statement) throws SQLException {
        try (var result = statement.executeQuery()) {
            return result.next() ? result.getString(1) : "nothing";
        }
    }
}
