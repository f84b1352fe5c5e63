package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tenant with a schema of its own reaches, and what it does not. */
@EnumSource
class SchemaIsolationTest extends SchemaTest {

    private static final String PATH = "select current_setting('search_path')";

    @Test
    void each_tenant_reads_and_writes_in_its_own_schema() throws SQLException {
        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2");
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");

        as(ACME, tenants, connection -> RowLevelTest.run(connection, "insert into note (body) values ('new')"));

        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2", "new");
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
    }

    @Test
    void row_level_tenants_are_served_beside_them_by_the_same_pool() throws SQLException {
        var registry = new IsolationStrategyRegistry();
        var bound = binder.of(IsolationConfig.DEFAULTS);
        registry.register(new SchemaIsolationStrategy(pool, bound));
        registry.register(new RowLevelIsolationStrategy(pool, bound));
        var both = TenantDataSource.of(pool, bound, registry, () -> true);

        for (var time = 0; time < 7; time++) {
            assertThat(notesOf(GLOBEX, both)).containsExactly("globex 1", "globex 2");
            assertThat(rowsOf(RowLevelTest.ACME, both, PATH)).containsExactly("\"$user\", public");
            assertThat(rowsOf(RowLevelTest.ACME, both, "select tenant_id || ' ' || body from note order by id"))
                    .containsExactly("acme acme 1", "acme acme 2");
            assertThat(rowsOf(GLOBEX, both, PATH)).containsExactly("\"tenant_globex\", pg_temp");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"setSchema", "setCatalog"})
    void I_7_no_other_schema_can_be_chosen(String method) throws SQLException {
        as(ACME, tenants, connection -> {
            assertThatThrownBy(() -> choose(connection, method))
                    .isInstanceOf(TenantIsolationException.class)
                    .hasMessageContaining(method);
            assertThat(RowLevelTest.rows(connection, READ)).containsExactly("acme 1", "acme 2");
            assertThat(connection.getSchema()).isEqualTo("tenant_acme");
        });
    }

    private static void choose(Connection connection, String method) throws SQLException {
        if (method.equals("setSchema")) {
            connection.setSchema("tenant_globex");
        } else {
            connection.setCatalog("tenant_globex");
        }
    }

    /** However the table is named, and whatever was done to the path: its rows are for its tenant alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select body from tenant_globex.note",
                "update tenant_globex.note set body = 'taken' returning body",
                "delete from tenant_globex.note returning body"
            })
    void the_table_of_another_tenant_shows_and_gives_nothing(String statement) throws SQLException {
        assertThat(rowsOf(ACME, tenants, statement)).isEmpty();
        as(ACME, tenants, connection -> {
            connection.setAutoCommit(false);
            RowLevelTest.run(connection, "set local search_path = tenant_globex");
            assertThat(readOrRefused(connection)).isEmpty();
            connection.rollback();
        });
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
    }

    /** A binder that renews notices the changed path already there. */
    private static Iterable<String> readOrRefused(Connection connection) throws SQLException {
        try {
            return RowLevelTest.rows(connection, READ);
        } catch (TenantMismatchException noticed) {
            return List.of();
        }
    }

    @Test
    void I_5_without_a_tenant_the_tables_raise() {
        assertThatThrownBy(() -> RowLevelTest.rows(tenants, "select body from tenant_acme.note"))
                .hasFieldOrPropertyWithValue("SQLState", RowLevelTest.UNBOUND);
        assertThatThrownBy(() -> RowLevelTest.rows(pool, "select body from tenant_acme.note"))
                .hasFieldOrPropertyWithValue("SQLState", RowLevelTest.UNBOUND);
    }

    @Test
    void I_5_control_without_the_guard_on_the_table_anybody_reads_it(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, "alter table tenant_globex.note disable row level security");
        try {
            assertThat(RowLevelTest.rows(tenants, "select body from tenant_globex.note"))
                    .hasSize(2);
            assertThat(rowsOf(ACME, tenants, "select body from tenant_globex.note"))
                    .hasSize(2);
        } finally {
            database.execute(Role.MIGRATOR, "alter table tenant_globex.note enable row level security");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "truncate note",
                "create table mine (id int)",
                "alter table note disable row level security",
                "drop policy tenancy_schema_confine on note",
                "comment on schema tenant_acme is 'mine'",
                "alter schema tenant_acme rename to tenant_other",
                "drop schema tenant_globex cascade",
                "create temporary table note (id int)"
            })
    void the_serving_role_reads_and_writes_rows_and_does_nothing_else(String statement) {
        assertThatThrownBy(() -> rowsOf(ACME, tenants, statement)).hasFieldOrPropertyWithValue("SQLState", "42501");
    }

    @Test
    void I_7_a_connection_refuses_to_work_for_another_tenant() throws SQLException {
        as(
                ACME,
                tenants,
                connection -> assertThatThrownBy(() ->
                                TenantContext.<SQLException>runAs(GLOBEX, () -> RowLevelTest.rows(connection, READ)))
                        .isInstanceOf(TenantMismatchException.class));
    }

    /** What looks like a row-level table in there is the tenant's own affair, in reach or not. */
    @Test
    void a_row_level_tenant_is_removed_whatever_the_schemas_hold(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                create table tenant_acme.odd (tenant_id text);
                alter table tenant_acme.odd enable row level security;
                grant delete on public.naive to tenancy_app;
                """);
        try {
            var strategy = new RowLevelIsolationStrategy(pool, binder.of(IsolationConfig.DEFAULTS));

            assertThat(strategy.deprovision(RowLevelTest.ACME, DeprovisionPolicy.DROP))
                    .extracting(ErasedResource::name)
                    .containsExactly("public.naive", "public.note");
            assertThat(notesOf(ACME, tenants)).hasSize(2);
        } finally {
            database.execute(
                    Role.MIGRATOR, "drop table tenant_acme.odd; revoke delete on public.naive from tenancy_app");
        }
    }
}
