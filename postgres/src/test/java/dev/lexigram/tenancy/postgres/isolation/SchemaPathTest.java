package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search path of a tenant with a schema of its own: what it holds, and that nothing else can be put there. */
@EnumSource
class SchemaPathTest extends SchemaTest {

    private static final String PATH = "select current_setting('search_path')";

    @Test
    void the_path_holds_the_schema_alone_and_shared_tables_are_named_in_full(TestDatabase database)
            throws SQLException {
        database.execute(Role.MIGRATOR, "create table if not exists public.only_here (body text)");

        assertThatThrownBy(() -> rowsOf(ACME, tenants, "select body from only_here"))
                .hasFieldOrPropertyWithValue("SQLState", "42P01");
        assertThat(rowsOf(ACME, tenants, "select body from side.note")).containsExactly("of the side schema");
        assertThat(rowsOf(ACME, tenants, "select count(*)::text from pg_class")).hasSize(1);
    }

    @Test
    void CN_24_a_missing_schema_is_an_error_and_no_empty_result() throws SQLException {
        var nobody = SchemaTables.withSchema(RowLevelTest.tenant("nobody"));

        for (var time = 0; time < 7; time++) {
            assertThatThrownBy(() -> rowsOf(nobody, tenants, "select 1"))
                    .isInstanceOf(TenantIsolationException.class)
                    .hasMessageContaining("'nobody'");
            as(nobody, tenants, connection -> {
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> RowLevelTest.rows(connection, READ))
                        .isInstanceOf(TenantIsolationException.class);
                connection.rollback();
            });
        }
        assertThat(notesOf(ACME, tenants)).hasSize(2);
    }

    /** The attack without the guard: with public behind it, the missing schema is not noticed. */
    @Test
    void CN_24_control_a_path_with_public_reads_the_shared_table(TestDatabase database) throws SQLException {
        try (var connection = database.as(Role.MIGRATOR).getConnection()) {
            RowLevelTest.run(connection, "set search_path = \"nosuch\", public");

            assertThat(RowLevelTest.rows(connection, READ)).contains("acme 1", "globex 1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set search_path = tenant_globex",
                "set local search_path = tenant_globex",
                "set search_path = tenant_acme, public",
                "reset search_path",
                "set schema 'tenant_globex'",
                "select set_config('search_path', 'tenant_globex', false)",
                "select set_config('search_path', 'tenant_globex', true)"
            })
    void CN_04_a_path_that_was_changed_is_noticed_before_the_commit(String change) throws SQLException {
        as(ACME, tenants, connection -> {
            connection.setAutoCommit(false);
            RowLevelTest.run(connection, "insert into note (body) values ('lost')");
            RowLevelTest.run(connection, change);
            assertThatThrownBy(connection::commit).isInstanceOf(TenantMismatchException.class);
        });
        as(
                ACME,
                tenants,
                connection -> assertThatThrownBy(() -> RowLevelTest.run(connection, change))
                        .isInstanceOf(TenantMismatchException.class));

        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2");
        assertThat(rowsOf(ACME, tenants, PATH)).containsExactly("\"tenant_acme\", pg_temp");
    }

    /** The same change on a connection that nobody checks stays with it, for whoever comes next. */
    @Test
    void CN_04_control_without_a_binder_the_next_borrower_is_on_the_changed_path() throws SQLException {
        RowLevelTest.run(pool, "set search_path = tenant_globex");

        assertThat(RowLevelTest.rows(pool, PATH)).containsExactly("tenant_globex");
        RowLevelTest.run(pool, "reset search_path");
    }

    @Test
    void CN_01_nothing_of_the_path_is_left_for_the_next_borrower() throws SQLException {
        var before = RowLevelTest.rows(pool, PATH);
        as(ACME, tenants, connection -> {
            connection.setAutoCommit(false);
            assertThat(RowLevelTest.rows(connection, PATH)).containsExactly("\"tenant_acme\", pg_temp");
            connection.commit();
        });
        assertThat(RowLevelTest.rows(pool, PATH)).isEqualTo(before);
    }

    /** No tenant can have such an id; the statement would not be taken in by it either. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nosuch, tenant_globex",
                "acme, tenant_globex",
                "acme\", \"tenant_globex",
                "acme\"",
                "acme', 'tenant_globex",
                "ACME",
                "acme "
            })
    void ID_02_an_id_is_one_name_and_never_a_list(String hostile) throws SQLException {
        var bind = BindingSql.ofSchema(IsolationConfig.DEFAULTS).bind();
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(bind)) {
            for (var index = 1; index <= BindingSql.parameters(bind); index++) {
                statement.setString(index, hostile);
            }
            assertThatThrownBy(statement::execute).matches(BindingSql::tellsNoSchema);
        }
    }

    /** The attack without the quotes: what follows the comma is looked through. */
    @Test
    void ID_02_control_raw_text_is_read_as_a_list(TestDatabase database) throws SQLException {
        try (var connection = database.as(Role.MIGRATOR).getConnection()) {
            RowLevelTest.run(connection, "select set_config('search_path', 'nosuch, tenant_globex', false)");

            assertThat(RowLevelTest.rows(connection, READ)).containsExactly("globex 1", "globex 2");
        }
    }

    @Test
    void ID_05_the_case_of_a_name_counts(TestDatabase database) throws SQLException {
        var upper = SchemaTables.withSchema(upper());
        SchemaTables.create(database, upper);
        try {
            assertThat(notesOf(upper, tenants)).isEmpty();
            assertThat(rowsOf(upper, tenants, PATH)).containsExactly("\"tenant_Acme\", pg_temp");
            assertThat(notesOf(ACME, tenants)).hasSize(2);
        } finally {
            schemas.undo(upper.id());
        }
    }

    private static Tenant upper() {
        return Tenant.active(TenantId.of("Acme"), Slug.of("acme-upper"), "Acme", Instant.EPOCH);
    }

    /** Without quotes both names would be one. */
    @Test
    void ID_05_control_unquoted_the_name_is_folded() throws SQLException {
        RowLevelTest.run(pool, "set search_path = TENANT_ACME");

        assertThat(RowLevelTest.rows(pool, "select current_schema()")).containsExactly("tenant_acme");
        RowLevelTest.run(pool, "reset search_path");
    }

    @Test
    void an_extension_schema_follows_the_tenants_own(TestDatabase database) throws SQLException {
        database.execute(Role.SUPERUSER, """
                create schema if not exists ext;
                grant usage on schema ext to tenancy_app;
                create or replace function ext.shout(word text) returns text language sql return upper(word) || '!'
                """);
        var config = IsolationConfig.DEFAULTS;
        var extended = bound(config.withSchema(config.schema().withExtensionSchema("ext")));

        assertThat(rowsOf(ACME, extended, "select shout(body) from note order by id"))
                .containsExactly("ACME 1!", "ACME 2!");
        assertThat(rowsOf(ACME, extended, PATH)).containsExactly("\"tenant_acme\", \"ext\", pg_temp");
        assertThatThrownBy(() -> rowsOf(ACME, tenants, "select shout('x')"))
                .hasFieldOrPropertyWithValue("SQLState", "42883");
    }

    @Test
    void CN_09_a_statement_kept_on_the_server_reads_the_schema_of_whoever_is_bound() throws SQLException {
        for (var time = 0; time < 12; time++) {
            for (Tenant tenant : List.of(ACME, GLOBEX)) {
                assertThat(rowsOf(tenant, tenants, "select body from note order by id"))
                        .containsExactly(tenant.id() + " 1", tenant.id() + " 2");
                assertThat(rowsOf(tenant, tenants, "select note_count()::text")).containsExactly("2");
            }
        }
    }

    /** Nothing of that name is on the path of an unbound session. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_was_not_executed_yet_is_described_in_the_tenants_schema(boolean autoCommit, TestDatabase database)
            throws SQLException {
        database.execute(Role.MIGRATOR, "create table tenant_acme.described (number int, word text)");
        try {
            as(ACME, tenants, connection -> {
                connection.setAutoCommit(autoCommit);
                try (var statement = connection.prepareStatement("select * from described where number = ?")) {
                    assertThat(statement.getMetaData().getColumnCount()).isEqualTo(2);
                    assertThat(statement.getParameterMetaData().getParameterTypeName(1))
                            .isEqualTo("int4");
                }
                assertThat(RowLevelTest.rows(connection, READ)).containsExactly("acme 1", "acme 2");
                if (!autoCommit) {
                    connection.commit();
                }
            });
        } finally {
            database.execute(Role.MIGRATOR, "drop table tenant_acme.described");
        }
    }
}
