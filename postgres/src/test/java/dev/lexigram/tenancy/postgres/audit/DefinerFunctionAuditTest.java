package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.FUNCTION_OF_EXEMPT_OWNER;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.FUNCTION_PATH_OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that work with the rights of their owners. */
@Tag("server")
@TenancyTest
class DefinerFunctionAuditTest {

    private static final String CALL = "select * from all_names()";
    private static final String FUNCTION = """
            create function all_names() returns setof text language sql security definer
                set search_path = pg_catalog, public, pg_temp as 'select name from customer order by name'""";

    private DataSource app;

    @BeforeEach
    void a_clean_schema_with_a_customer_of_each_tenant(TestDatabase database) throws SQLException {
        Invoicing.create(database);
        app = database.as(Role.APP);
        RowLevelPolicies.forTables("customer", "invoice").apply(database.as(Role.MIGRATOR));
        as(app, "acme", "insert into customer (name) values ('Ann of acme')");
        as(app, "globex", "insert into customer (name) values ('Guy of globex')");
        assertThat(audit()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"SUPERUSER", "MIGRATOR"})
    void RL_05_a_function_of_an_exempt_owner_shows_all_tenants_and_is_found(Role owner, TestDatabase database)
            throws SQLException {
        database.execute(owner, FUNCTION);
        assertThat(as(app, "acme", CALL)).containsExactly("Ann of acme", "Guy of globex");

        var findings = audit();

        assertThat(findings).extracting(Finding::code).containsExactly(FUNCTION_OF_EXEMPT_OWNER);
        database.execute(owner, findings.get(0).mend());
        assertThatThrownBy(() -> as(app, "acme", CALL)).hasFieldOrPropertyWithValue("SQLState", "42501");
        assertThat(audit()).isEmpty();
    }

    @Test
    void RL_05_a_function_of_a_confined_owner_shows_the_tenants_own_rows_and_is_none(TestDatabase database)
            throws SQLException {
        database.execute(Role.MIGRATOR, "set role tenancy_owner; " + FUNCTION);

        assertThat(as(app, "acme", CALL)).containsExactly("Ann of acme");
        assertThat(audit()).isEmpty();
    }

    @Test
    void RL_05_without_a_path_of_its_own_it_is_led_to_another_table_and_is_found(TestDatabase database)
            throws SQLException {
        database.execute(Role.SUPERUSER, """
                set role tenancy_owner;
                create function first_name() returns text language sql security definer
                    as 'select name from customer limit 1';
                reset role;
                create schema trap; grant usage on schema trap to public;
                create table trap.customer as select text 'led astray' as name; grant select on trap.customer to public""");
        assertThat(ledAstray()).isEqualTo("led astray");

        var findings = audit().stream()
                .filter(finding -> finding.code() == FUNCTION_PATH_OPEN)
                .toList();

        assertThat(findings).hasSize(1);
        database.execute(Role.SUPERUSER, findings.get(0).mend());
        assertThat(ledAstray()).isEqualTo("Ann of acme");
        database.execute(Role.SUPERUSER, "drop schema trap cascade");
        assertThat(audit()).isEmpty();
    }

    @Test
    void RL_05_the_function_of_a_trigger_counts_where_it_can_be_set_off(TestDatabase database) throws SQLException {
        database.execute(Role.SUPERUSER, """
                create function rename_all() returns trigger language plpgsql security definer
                    set search_path = pg_catalog, public, pg_temp as
                    $$ begin update customer set name = 'Seen' where name <> 'Seen'; return null; end $$""");
        assertThat(audit()).isEmpty();
        database.execute(
                Role.SUPERUSER, "create trigger t after insert on invoice for each row execute function rename_all()");
        as(app, "acme", "insert into invoice (number) values ('1')");
        assertThat(as(app, "globex", "select name from customer")).containsExactly("Seen");

        var findings = audit();

        assertThat(findings).extracting(Finding::code).containsExactly(FUNCTION_OF_EXEMPT_OWNER);
        database.execute(Role.SUPERUSER, findings.get(0).mend());
        assertThat(audit()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"all_names", "public.all_*"})
    void RL_05_a_function_that_is_declared_is_none_but_for_its_path(String declared, TestDatabase database) {
        database.execute(Role.SUPERUSER, FUNCTION);
        var config = IsolationConfig.DEFAULTS.withDefinerFunctions(declared);
        assertThat(audit()).isNotEmpty();
        assertThat(audit(config)).isEmpty();

        database.execute(Role.SUPERUSER, "alter function all_names() reset search_path");

        assertThat(audit(config)).extracting(Finding::code).containsExactly(FUNCTION_PATH_OPEN);
    }

    @Test
    void RL_05_what_the_role_cannot_call_and_what_an_extension_brings_is_none(TestDatabase database) {
        database.execute(Role.SUPERUSER, FUNCTION);
        database.execute(Role.SUPERUSER, "revoke execute on function all_names() from public");
        assertThat(audit()).isEmpty();

        database.execute(Role.SUPERUSER, "grant execute on function all_names() to tenancy_app");
        assertThat(audit()).hasSize(1);
        database.execute(Role.SUPERUSER, "alter extension plpgsql add function all_names()");
        assertThat(audit()).isEmpty();
        database.execute(Role.SUPERUSER, "alter extension plpgsql drop function all_names()");
    }

    @Test
    void a_hostile_name_is_mended_by_sql_that_names_only_it(TestDatabase database) {
        database.execute(Role.SUPERUSER, """
                create schema "s"";
                drop table customer; --";
                grant usage on schema "s"";
                drop table customer; --" to public;
                create function "s"";
                drop table customer; --"."f%s" (int) returns int language sql security definer as 'select 1'""");

        var findings = audit();

        assertThat(findings).extracting(Finding::code).containsExactly(FUNCTION_OF_EXEMPT_OWNER, FUNCTION_PATH_OPEN);
        findings.forEach(finding -> database.execute(Role.SUPERUSER, finding.mend()));
        database.execute(Role.SUPERUSER, "select from customer");
        assertThat(audit()).isEmpty();
        database.execute(Role.SUPERUSER, "drop schema \"s\"\";\ndrop table customer; --\" cascade");
    }

    private String ledAstray() throws SQLException {
        try (var connection = app.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Invoicing.bind(connection, "acme");
            statement.execute("set local search_path = trap");
            try (var row = statement.executeQuery("select public.first_name()")) {
                row.next();
                return row.getString(1);
            } finally {
                connection.rollback();
            }
        }
    }

    private List<Finding> audit() {
        return audit(IsolationConfig.DEFAULTS);
    }

    private List<Finding> audit(IsolationConfig config) {
        return TenancyAudit.of(app, config).run().findings().stream()
                .filter(finding -> !finding.object().startsWith("trap.")) // of a trap, which is no tenant's table
                .toList();
    }
}
