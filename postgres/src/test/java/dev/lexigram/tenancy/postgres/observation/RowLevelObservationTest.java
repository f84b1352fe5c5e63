package dev.lexigram.tenancy.postgres.observation;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.Invoicing.rows;
import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelObservation;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantObservation;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I-16: what the script of an observation does to tables, and what it leaves as it is. */
@TenancyTest
class RowLevelObservationTest {

    private static final String WHOSE = "select coalesce(tenant_id, 'nobody') from customer order by id";

    private DataSource app;
    private DataSource migrator;

    @BeforeEach
    void two_tables_with_a_row(TestDatabase database) {
        Invoicing.create(database);
        app = database.as(Role.APP);
        migrator = database.as(Role.MIGRATOR);
        database.execute(Role.MIGRATOR, "insert into customer (name) values ('Old')");
    }

    @Test
    void rows_are_the_bound_tenants_or_nobodys_until_the_policies_are_enforced() throws SQLException {
        RowLevelObservation.forTables("customer", "invoice").apply(migrator);
        as(app, "globex", "insert into customer (name) values ('Guy')");
        unbound(app, "insert into customer (name) values ('Who')");
        assertThat(unbound(app, WHOSE)).containsExactly("nobody", "globex", "nobody");

        var enforced = RowLevelPolicies.forTables("customer", "invoice").withFirstTenant(TenantId.of("acme"));
        enforced.apply(migrator);

        assertThat(enforced.verify(app).findings()).isEmpty();
        assertThat(as(app, "acme", WHOSE)).containsExactly("acme", "acme");
        assertThat(as(app, "globex", WHOSE)).containsExactly("globex");
        assertThatThrownBy(() -> unbound(app, WHOSE)).hasFieldOrPropertyWithValue("SQLState", "42501");
        assertThatThrownBy(() -> unbound(app, "insert into customer (name) values ('Who')"))
                .hasFieldOrPropertyWithValue("SQLState", "42501");
    }

    @Test
    void with_a_first_tenant_rows_that_exist_or_are_written_unbound_are_its_own() throws SQLException {
        RowLevelObservation.forTables("customer").apply(migrator);
        unbound(app, "insert into customer (name) values ('Who')");

        var script = RowLevelObservation.forTables("customer")
                .withFirstTenant(TenantId.of("acme"))
                .script();
        unbound(migrator, script);
        unbound(migrator, script);
        unbound(app, "insert into customer (name) values ('New')");

        assertThat(unbound(app, WHOSE)).containsExactly("acme", "acme", "acme");
    }

    @Test
    void keys_owners_and_rights_stay_as_they_are(TestDatabase database) throws SQLException {
        database.execute(
                Role.SUPERUSER, "grant truncate on customer to tenancy_app; grant select on customer to public");
        var state = """
                select relowner::regrole || ' ' || array(
                    select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = c.oid order by 1)::text
                from pg_class c where relname in ('customer', 'invoice') order by relname""";
        var before = unbound(migrator, state);

        RowLevelObservation.forTables("customer", "invoice").apply(migrator);

        assertThat(unbound(migrator, state)).isEqualTo(before);
        assertThat(unbound(app, "select has_table_privilege('customer', 'truncate')"))
                .containsExactly("t");
        assertThat(unbound(database.as(Role.CONTROL), "select name from customer"))
                .as("a role that the script does not name reads on, and calls the functions")
                .containsExactly("Old");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table customer enable row level security",
                "create policy own on customer using (false)",
                "create table part (like customer); alter table part enable row level security",
            })
    void what_is_closed_is_not_opened(String closed, TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, closed);
        var tables = closed.contains("part") ? new String[] {"customer", "part"} : new String[] {"customer"};

        assertThatThrownBy(() -> RowLevelObservation.forTables(tables).apply(migrator))
                .isInstanceOf(TenantIsolationException.class)
                .cause()
                .hasMessageContaining("has row security already");

        assertThat(unbound(
                        migrator,
                        "select count(*) from pg_attribute where attname = 'tenant_id'"
                                + " and attrelid = 'customer'::regclass"))
                .containsExactly("0");
    }

    @Test
    void what_is_enforced_is_not_opened() throws SQLException {
        RowLevelPolicies.forTables("customer")
                .withFirstTenant(TenantId.of("acme"))
                .apply(migrator);

        assertThatThrownBy(() -> RowLevelObservation.forTables("customer").apply(migrator))
                .isInstanceOf(TenantIsolationException.class);

        assertThatThrownBy(() -> unbound(app, WHOSE)).hasFieldOrPropertyWithValue("SQLState", "42501");
    }

    @Test
    void partitions_and_hostile_names_are_told_as_what_they_are(TestDatabase database) throws SQLException {
        var hostile = new TableName("public", "a\"?\"'?'; drop table customer; --%s");
        var part = new TableName("public", "p'\"?\" %I");
        database.execute(
                Role.MIGRATOR,
                "create table " + hostile.sql() + " (id int) partition by range (id);"
                        + "create table " + part.sql() + " partition of " + hostile.sql()
                        + " for values from (0) to (9); insert into " + hostile.sql() + " values (1);"
                        + "grant select on " + part.sql() + " to tenancy_app");

        RowLevelObservation.forTables(List.of(hostile)).apply(migrator);

        assertThat(told("select * from " + hostile.sql())).containsExactly(hostile.table());
        assertThat(told("select * from " + part.sql())).containsExactly(part.table());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set transaction read only",
                "set local client_min_messages = error",
                "set local parallel_setup_cost = 0; set local parallel_tuple_cost = 0;"
                        + " set local min_parallel_table_scan_size = 0",
            })
    void nothing_fails_and_all_is_told_whatever_the_transaction_is_like(String set) throws SQLException {
        RowLevelObservation.forTables("customer").apply(migrator);

        assertThat(told("select name from customer where length(name) > 2", set))
                .containsExactly("customer");
    }

    @Test
    void a_function_that_runs_in_parallel_does_not_fail(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                create table plain as select n from generate_series(1, 20000) n;
                grant select on plain to tenancy_app;
                create function reads(int) returns bigint language sql stable parallel safe as
                    'select count(*) from customer where $1 > 0'""");
        RowLevelObservation.forTables("customer").apply(migrator);
        var set = "set local parallel_setup_cost = 0;"
                + " set local parallel_tuple_cost = 0; set local min_parallel_table_scan_size = 0";

        assertThat(told("select sum(reads(n)) from plain where n % 1000 = 0", set))
                .contains("customer")
                .hasSizeLessThanOrEqualTo(20);
        assertThat(unbound(app, "select pg_backend_pid()")).hasSize(1);
    }

    @Test
    void a_loop_over_many_statements_is_not_told_of_each(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                create function busy() returns void language plpgsql as
                    $$ begin for n in 1..30000 loop perform from customer; end loop; end $$""");
        RowLevelObservation.forTables("customer").apply(migrator);

        assertThat(told("select busy()")).hasSizeBetween(1, 15_000);
        assertThat(told("select pg_sleep(0.2) from customer where length(name) > 0"))
                .as("a statement of the application itself, however late")
                .hasSize(1);
    }

    @Test
    void what_the_applications_own_condition_passes_over_is_told_only_where_policies_are_asked_first()
            throws SQLException {
        RowLevelObservation.forTables("customer").apply(migrator);
        as(app, "acme", "insert into customer (email, name) values ('ann@x', 'Ann')");
        var own = "select set_config('tenancy.tenant_id', 'acme', true)";

        assertThat(told("select * from customer where name = 'Ann'", own)).isEmpty();
        assertThat(told("select * from customer where name like '%nn'", own)).containsExactly("customer");
    }

    @Test
    void RL_02_who_bypasses_policies_is_not_observed(TestDatabase database) throws SQLException {
        RowLevelObservation.forTables("customer").apply(migrator);

        assertThat(told(database.as(Role.SUPERUSER), WHOSE, "select 1")).isEmpty();
        assertThat(told(app, WHOSE, "select 1")).hasSize(1);
    }

    @Test
    void RL_14_copy_from_fails_as_on_every_table_with_row_security(TestDatabase database) {
        RowLevelObservation.forTables("customer").apply(migrator);

        assertThatThrownBy(() -> database.execute(Role.APP, "copy customer (name) from stdin"))
                .hasMessageContaining("COPY FROM not supported with row-level security");
    }

    @Test
    void the_setting_and_the_roles_can_have_other_names(TestDatabase database) throws SQLException {
        RowLevelObservation.forTables("customer")
                .withSettingName("app.org")
                .withAppRole(Role.CONTROL.login())
                .apply(migrator);

        var ours = database.as(Role.CONTROL);
        assertThat(told(ours, WHOSE, "select set_config('app.org', 'acme', true)"))
                .hasSize(1);
        assertThat(told(ours, WHOSE, "select set_config('tenancy.tenant_id', 'acme', true)"))
                .hasSize(1);
        assertThat(unbound(ours, "insert into customer (name) values ('New')")).containsExactly("1");
        assertThatThrownBy(() -> RowLevelObservation.forTables("customer")
                        .withOwnerRole("nobody")
                        .apply(migrator))
                .cause()
                .hasMessageContaining("role nobody does not exist");
    }

    private List<String> told(String sql) throws SQLException {
        return told(sql, "select 1");
    }

    private List<String> told(String sql, String first) throws SQLException {
        return told(app, sql, first);
    }

    /** The tables of which a statement is told, in a transaction that begins with another text. */
    private static List<String> told(DataSource source, String sql, String first) throws SQLException {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            rows(connection, first);
            return told(connection, sql);
        }
    }

    private static List<String> told(Connection connection, String sql) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            for (var warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                assertThat(warning.getSQLState()).isEqualTo(TenantObservation.TOLD);
                tables.add(((org.postgresql.util.PSQLWarning) warning)
                        .getServerErrorMessage()
                        .getTable());
            }
        }
        return tables;
    }
}
