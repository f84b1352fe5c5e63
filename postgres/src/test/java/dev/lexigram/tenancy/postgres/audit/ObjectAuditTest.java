package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects other than tables, views and functions, each planted in a schema that had no finding. */
@Tag("server")
class ObjectAuditTest {

    private static final IsolationConfig CONFIG = IsolationConfig.DEFAULTS.withSharedTables("country");

    private TestDatabase database;
    private DataSource app;

    @BeforeEach
    void a_clean_schema() throws SQLException {
        database = PostgresServer.shared().createDatabase();
        Invoicing.create(database);
        app = database.as(Role.APP);
        RowLevelPolicies.forTables("customer", "invoice").apply(database.as(Role.MIGRATOR));
        database.execute(Role.SUPERUSER, """
                create table country (code text); insert into country values ('at');
                grant select, update on country to tenancy_app""");
        as(app, "globex", "insert into customer (name) values ('Guy of globex')");
        assertThat(audit()).isEmpty();
    }

    @AfterEach
    void drop() {
        PostgresServer.shared().drop(database);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            create rule r as on update to customer do also select 1                 | RULE_REACHABLE           | rule r on public.customer
            create function f() returns trigger language internal as 'suppress_redundant_updates_trigger'; create trigger t before update on customer for each row execute function f() | TRIGGER_UNTRUSTED | trigger t on public.customer
            create publication p for table customer                                 | PUBLICATION_OF_TABLES    | publication p
            create subscription s connection '' publication p with (connect = false, slot_name = none) | |
            create function f() returns event_trigger language plpgsql as 'begin end'; create event trigger e on ddl_command_end execute function f() | EVENT_TRIGGER_FIRES | event trigger e
            alter default privileges for role tenancy_owner grant select on tables to tenancy_app | DEFAULT_PRIVILEGES_GRANT | default privileges of tenancy_owner to tenancy_app
            alter default privileges for role tenancy_owner in schema public grant insert on tables to public | DEFAULT_PRIVILEGES_GRANT | default privileges of tenancy_owner in schema public to public
            """)
    void RL_24_a_planted_object_is_found_and_mended_by_its_own_sql(String defect, FindingCode code, String object) {
        database.execute(Role.SUPERUSER, defect);

        var findings = audit();

        if (code == null) {
            assertThat(findings).as("it is not enabled").isEmpty();
            database.execute(Role.SUPERUSER, "drop subscription s");
            return;
        }
        assertThat(findings).extracting(Finding::code).containsExactly(code);
        assertThat(findings).extracting(Finding::object).containsExactly(object);
        database.execute(Role.SUPERUSER, findings.get(0).mend());
        assertThat(audit()).isEmpty();
    }

    @Test
    void RL_24_a_rule_changes_rows_of_others_with_its_owners_rights_and_is_found() throws SQLException {
        database.execute(Role.SUPERUSER, "create rule r as on update to country do also delete from public.customer");

        as(app, "acme", "update country set code = 'ch'");

        assertThat(unbound(database.as(Role.SUPERUSER), "select name from customer"))
                .as("the row of globex")
                .isEmpty();
        assertThat(audit()).extracting(Finding::code).containsExactly(FindingCode.RULE_REACHABLE);
    }

    @Test
    void RL_24_a_large_object_is_open_to_every_tenant_and_is_told() throws SQLException {
        var oid = as(app, "acme", "select lo_from_bytea(0, 'secret of acme')").get(0);
        assertThat(as(app, "globex", "select convert_from(lo_get(" + oid + "), 'UTF8')"))
                .containsExactly("secret of acme");

        assertThat(audit()).extracting(Finding::code).containsExactly(FindingCode.LARGE_OBJECTS_IN_USE);
        as(app, "acme", "select lo_unlink(" + oid + ")");
        assertThat(audit()).isEmpty();
    }

    @Test
    void RL_24_an_object_of_an_unknown_kind_is_an_error_once_it_is_in_reach() {
        database.execute(Role.SUPERUSER, """
                create table odd (id int);
                update pg_class set relkind = 'g' where oid = 'odd'::regclass""");
        assertThat(audit()).isEmpty();
        database.execute(
                Role.SUPERUSER,
                "update pg_class set relacl = '{postgres=r/postgres,tenancy_app=r/postgres}' where relname = 'odd'");

        assertThat(audit()).extracting(Finding::code).containsExactly(FindingCode.OBJECT_KIND_UNKNOWN);
    }

    @Test
    void RL_07_a_child_that_inherits_shows_all_rows_when_read_directly_and_is_found() throws SQLException {
        database.execute(Role.SUPERUSER, """
                create table old_customer () inherits (customer);
                alter table old_customer owner to tenancy_owner;
                insert into old_customer (id, tenant_id, name) values (7, 'globex', 'Old of globex')""");
        assertThat(audit())
                .as("out of reach, and open with the first grant")
                .extracting(Finding::object)
                .contains("public.old_customer");
        database.execute(Role.SUPERUSER, "grant select on old_customer to tenancy_app");
        assertThat(as(app, "acme", "select name from old_customer")).containsExactly("Old of globex");

        var findings = audit();

        assertThat(findings).extracting(Finding::code).contains(FindingCode.PARTITION_UNPROTECTED);
        findings.forEach(finding -> database.execute(Role.SUPERUSER, finding.mend()));
        assertThat(as(app, "acme", "select name from old_customer")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"inherit true, set false", "inherit false, set true", "admin true, inherit false, set false"})
    void RL_03_a_membership_counts_whatever_its_options(String options) {
        database.execute(
                Role.SUPERUSER,
                "create role audit_reader bypassrls; grant audit_reader to tenancy_app with " + options);

        var findings = audit();

        database.execute(Role.SUPERUSER, "drop role audit_reader");
        assertThat(findings).extracting(Finding::code).containsExactly(FindingCode.ROLE_BYPASSES_POLICIES);
        assertThat(audit()).isEmpty();
    }

    private List<Finding> audit() {
        return TenancyAudit.of(app, CONFIG).run().findings();
    }
}
