package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one borrower leaves in a session never reaches the next one. */
@EnumSource
class SessionStateTest extends RowLevelTest {

    private static final String PATH = "show search_path";
    private static final String DEFAULT_PATH = "\"$user\", public";

    @Test
    void CN_01_a_schema_set_by_one_tenant_is_not_there_for_the_next() throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setSchema("side");
        }
        assertThat(rows(pool, PATH)).as("without the library").containsExactly("side");
        reset();

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setSchema("side");
                assertThat(rows(connection, PATH)).containsExactly("side");
            }
        });

        TenantContext.<SQLException>runAs(
                GLOBEX, () -> assertThat(rows(tenants, PATH)).containsExactly(DEFAULT_PATH));
    }

    @Test
    void CN_02_a_session_setting_is_never_what_binds_the_next_borrower() throws SQLException {
        run(pool, "select set_config('tenancy.tenant_id', 'acme', false)");
        assertThat(notes(pool)).as("without the library").containsExactly("acme 1", "acme 2");

        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
        assertThatThrownBy(() -> notes(tenants)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        assertThat(notes(pool)).as("the session still is poisoned").containsExactly("acme 1", "acme 2");
    }

    @Test
    void CN_02_a_session_that_was_set_by_a_text_is_not_lent_out_again() throws SQLException {
        runAs(ACME, tenants, "select set_config('tenancy.tenant_id', 'acme', false)");

        assertThatThrownBy(() -> notes(pool)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
    }

    @Test
    void CN_03_a_session_setting_in_a_transaction_reaches_nobody_whether_committed_or_not() throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            run(connection, "select public.become('acme', false)");
            connection.rollback();
            run(connection, "select public.become('globex', false)");
            connection.commit();
        }
        assertThat(notes(pool)).as("without the library").containsExactly("globex 1", "globex 2");
        reset();

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "select public.become('acme', false)");
                connection.rollback();
                run(connection, "select public.become('acme', false)");
                connection.commit();
            }
        });

        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
        assertThatThrownBy(() -> notes(tenants)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set search_path to side",
                "SET\tSESSION search_path = side",
                "/* set */ -- hidden\n set search_path to side",
                "select 1; set search_path to side",
                "select set_config('search_path', 'side', false)",
                "select \"set_config\"('search_path', 'side', false)",
                "do $$ begin set search_path to side; end $$",
            })
    void CN_04_a_search_path_set_by_one_tenant_is_not_there_for_the_next(String sql) throws SQLException {
        run(pool, sql);
        assertThat(rows(pool, PATH)).as("without the library").containsExactly("side");
        reset();

        runAs(ACME, tenants, sql);

        TenantContext.<SQLException>runAs(
                GLOBEX, () -> assertThat(rows(tenants, PATH)).containsExactly(DEFAULT_PATH));
    }

    @Test
    void CN_14_a_cursor_with_hold_does_not_outlive_its_borrower() throws SQLException {
        var declare = "declare held cursor with hold for " + READ;
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            run(connection, "select public.become('acme', true)");
            run(connection, declare);
            connection.commit();
        }
        assertThat(rows(pool, "fetch all from held")).as("without the library").containsExactly("acme 1", "acme 2");
        reset();

        runAs(ACME, tenants, declare);

        assertThatThrownBy(() -> runAs(GLOBEX, tenants, "fetch all from held"))
                .hasFieldOrPropertyWithValue("SQLState", "34000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create temporary table note as select 'a secret of acme'::text as body, 1 as id",
                "select 'a secret of acme'::text as body, 1 as id into temp note",
                "with x as (select 1 as id) select 'a secret of acme'::text as body, id into temporary note from x",
                "create table pg_temp.note as select 'a secret of acme'::text as body, 1 as id",
                "explain analyze create temp table note as select 'a secret of acme'::text as body, 1 as id",
            })
    void CN_16_a_temporary_table_neither_survives_its_borrower_nor_shadows_a_real_one(String sql, TestDatabase database)
            throws SQLException {
        database.execute(Role.SUPERUSER, "grant temporary on database " + database.name() + " to tenancy_app");
        var unqualified = "select body from note order by id";
        run(pool, sql);
        assertThat(rows(pool, unqualified)).as("without the library").containsExactly("a secret of acme");
        reset();

        runAs(ACME, tenants, sql);

        TenantContext.<SQLException>runAs(
                GLOBEX, () -> assertThat(rows(tenants, unqualified)).containsExactly("globex 1", "globex 2"));
    }

    @Test
    void CN_16_the_role_of_the_application_may_not_even_create_one(TestDatabase database) {
        database.execute(Role.SUPERUSER, "revoke temporary on database " + database.name() + " from tenancy_app");

        assertThatThrownBy(() -> runAs(ACME, tenants, "create temporary table t (id int)"))
                .hasFieldOrPropertyWithValue("SQLState", "42501")
                .hasMessageContaining("permission denied");
    }

    @Test
    void CN_24_a_path_to_a_missing_schema_falls_back_to_nothing_that_is_not_confined() throws SQLException {
        run(pool, "set search_path to nosuch, side");
        assertThat(rows(pool, "select body from note"))
                .as("without the library")
                .containsExactly("of the side schema");
        reset();

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                run(connection, "set search_path to nosuch, public");
                assertThat(rows(connection, "select body from note order by id"))
                        .containsExactly("acme 1", "acme 2");
                run(connection, "set search_path to nosuch");
                assertThatThrownBy(() -> rows(connection, "select body from note"))
                        .hasFieldOrPropertyWithValue("SQLState", "42P01");
            }
        });
        TenantContext.<SQLException>runAs(
                GLOBEX, () -> assertThat(rows(tenants, PATH)).containsExactly(DEFAULT_PATH));
    }

    @Test
    void ordinary_work_and_settings_of_one_transaction_keep_the_connection() throws SQLException {
        var before = backend(pool);

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "set local statement_timeout = '30s'");
                run(connection, "insert into note (body) values ('new')");
                run(connection, "lock table note in row share mode");
                run(connection, "call add_note('newer')");
                run(connection, "select pg_advisory_xact_lock(1)");
                connection.commit();
            }
        });

        assertThat(backend(pool)).isEqualTo(before);
    }

    private void reset() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }
}
