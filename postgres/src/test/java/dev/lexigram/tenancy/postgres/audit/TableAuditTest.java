package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Defects of tables, each planted in a schema that had no finding. */
@Tag("server")
@TenancyTest
class TableAuditTest {

    private static final String NAMES = "select name from customer";

    private DataSource app;

    @BeforeEach
    void a_clean_schema_with_a_customer_of_each_tenant(TestDatabase database) throws SQLException {
        Invoicing.create(database);
        app = database.as(Role.APP);
        RowLevelPolicies.forTables("customer", "invoice").apply(database.as(Role.MIGRATOR));
        as(app, "acme", "insert into customer (name) values ('Ann of acme')");
        as(app, "globex", "insert into customer (name) values ('Guy of globex')");
        assertThat(audit(IsolationConfig.DEFAULTS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alter table customer disable row level security                        | ROW_SECURITY_OFF
            alter table customer no force row level security                       | ROW_SECURITY_NOT_FORCED
            drop policy tenancy_allow on customer                                  | POLICY_PERMISSIVE_MISSING
            drop policy tenancy_confine on customer                                | POLICY_RESTRICTIVE_MISSING
            alter policy tenancy_allow on customer to tenancy_app                  | POLICY_PERMISSIVE_MISSING
            alter policy tenancy_confine on customer to tenancy_app                | POLICY_RESTRICTIVE_MISSING
            create policy more on customer using (true)                            | POLICY_NOT_CANONICAL
            create policy "a"";b" on customer for select to tenancy_app using (true) | POLICY_NOT_CANONICAL
            alter table customer alter tenant_id drop not null                     | TENANT_ID_NULLABLE
            alter table customer drop constraint tenancy_tenant_id                 | TENANT_ID_MAY_BE_EMPTY
            grant truncate on customer to tenancy_app                              | TABLE_RIGHTS_EXCESSIVE
            grant trigger on customer to public                                    | TABLE_RIGHTS_EXCESSIVE
            grant references (id) on customer to tenancy_app                       | TABLE_RIGHTS_EXCESSIVE
            """)
    void a_planted_defect_is_found_and_mended_by_its_own_sql(String defect, FindingCode code, TestDatabase database) {
        database.execute(Role.MIGRATOR, defect);

        var findings = audit(IsolationConfig.DEFAULTS);

        assertThat(findings).extracting(Finding::code).contains(code);
        assertThat(findings).allMatch(finding -> finding.severity() == Severity.ERROR);
        findings.forEach(finding -> database.execute(Role.MIGRATOR, finding.mend()));
        assertThat(audit(IsolationConfig.DEFAULTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "current_setting('tenancy.tenant_id', true) is null or tenant_id = (select tenancy.require_tenant())",
                "tenant_id = coalesce(current_setting('tenancy.tenant_id', true), tenant_id)",
                "tenant_id = coalesce(nullif(current_setting('tenancy.tenant_id', true), ''), 'globex')",
                "nullif(current_setting('tenancy.tenant_id', true), '') is null or tenant_id = 'acme'",
                "tenant_id = (select tenancy.require_tenant()) or tenant_id = 'globex'",
                "tenant_id <> (select tenancy.require_tenant())"
            })
    void RL_18_a_policy_that_is_open_by_default_is_found(String open, TestDatabase database) throws SQLException {
        for (var policy : List.of("tenancy_allow", "tenancy_confine")) {
            database.execute(
                    Role.MIGRATOR,
                    "alter policy " + policy + " on customer using (" + open + ") with check (" + open + ")");
        }

        assertThat(as(app, "acme", NAMES).contains("Guy of globex")
                        || !unboundRows().isEmpty())
                .as("rows of another tenant, or rows with none bound, are readable")
                .isTrue();
        assertThat(audit(IsolationConfig.DEFAULTS))
                .extracting(Finding::code)
                .contains(
                        FindingCode.POLICY_PERMISSIVE_MISSING,
                        FindingCode.POLICY_RESTRICTIVE_MISSING,
                        FindingCode.POLICY_NOT_CANONICAL);
    }

    @Test
    void RL_18_an_operator_or_function_of_the_same_name_elsewhere_is_not_taken_for_the_canonical_one(
            TestDatabase database) {
        database.execute(Role.SUPERUSER, """
                create function public.always(text, text) returns boolean language sql immutable as 'select true';
                create operator public.= (leftarg = text, rightarg = text, function = public.always);
                create function public.require_tenant() returns text language sql stable as 'select null::text';
                alter policy tenancy_allow on customer
                    using (tenant_id operator(public.=) (select tenancy.require_tenant()))
                    with check (tenant_id operator(public.=) (select tenancy.require_tenant()));
                alter policy tenancy_confine on customer
                    using (tenant_id = (select public.require_tenant()))
                    with check (tenant_id = (select public.require_tenant()))""");

        assertThat(audit(IsolationConfig.DEFAULTS))
                .extracting(Finding::code)
                .contains(FindingCode.POLICY_PERMISSIVE_MISSING, FindingCode.POLICY_RESTRICTIVE_MISSING);
    }

    @Test
    void RL_08_a_new_table_without_policies_is_found_once_the_application_may_read_it(TestDatabase database)
            throws SQLException {
        database.execute(
                Role.MIGRATOR, "create table note (id int primary key, body text); insert into note values (1)");
        assertThat(audit(IsolationConfig.DEFAULTS)).isEmpty();

        database.execute(Role.MIGRATOR, "grant select (id) on note to tenancy_app");
        assertThat(as(app, "globex", "select id from note")).containsExactly("1");
        var findings = audit(IsolationConfig.DEFAULTS);

        assertThat(findings).extracting(Finding::code).containsExactly(FindingCode.TABLE_UNDECLARED);
        database.execute(Role.MIGRATOR, findings.get(0).mend());
        assertThat(audit(IsolationConfig.DEFAULTS)).isEmpty();
    }

    @Test
    void a_table_that_can_only_be_written_to_is_found_as_well(TestDatabase database) {
        database.execute(Role.MIGRATOR, "create table note (id int); grant insert on note to public");

        assertThat(audit(IsolationConfig.DEFAULTS))
                .extracting(Finding::code)
                .containsExactly(FindingCode.TABLE_UNDECLARED);
    }

    @Test
    void a_declared_shared_or_system_table_needs_no_policy_unless_it_says_whose_its_rows_are(TestDatabase database) {
        database.execute(Role.MIGRATOR, """
                create table country (code text); create table flyway_schema_history (id int);
                create table jobs_1 (id int);
                grant select on country, flyway_schema_history, jobs_1 to tenancy_app""");
        var config = IsolationConfig.DEFAULTS.withSharedTables("country").withSystemTables("public.jobs_*");
        assertThat(audit(IsolationConfig.DEFAULTS)).hasSize(2);
        assertThat(audit(config)).isEmpty();

        database.execute(Role.MIGRATOR, "alter table country add tenant_id text");

        assertThat(audit(config)).extracting(Finding::code).containsExactly(FindingCode.SHARED_TABLE_HAS_TENANT);
        assertThat(audit(config.withTenantTables("country")))
                .extracting(Finding::code)
                .contains(FindingCode.ROW_SECURITY_OFF, FindingCode.TENANT_ID_NULLABLE)
                .doesNotContain(FindingCode.SHARED_TABLE_HAS_TENANT);
    }

    @Test
    void a_declared_tenant_table_must_exist_and_be_protected_even_out_of_reach(TestDatabase database) {
        database.execute(Role.MIGRATOR, "create table note (id int)");

        assertThat(audit(IsolationConfig.DEFAULTS.withTenantTables("customer", "public.*", "gone", "other.*")))
                .extracting(Finding::code)
                .contains(
                        FindingCode.TABLE_MISSING,
                        FindingCode.PATTERN_UNUSED,
                        FindingCode.TENANT_ID_MISSING,
                        FindingCode.ROW_SECURITY_OFF);
        database.execute(Role.MIGRATOR, "drop table note");
        assertThat(audit(IsolationConfig.DEFAULTS.withTenantTables("customer", "public.*")))
                .isEmpty();
    }

    @Test
    void a_tenant_column_that_compares_different_ids_as_equal_is_found(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                create table note (tenant_id text collate nocase, body text)""");
        RowLevelPolicies.forTables("note").apply(database.as(Role.MIGRATOR));
        as(app, "ACME", "insert into note (body) values ('of ACME')");

        assertThat(as(app, "acme", "select body from note")).containsExactly("of ACME");
        assertThat(audit(IsolationConfig.DEFAULTS)).extracting(Finding::code).contains(FindingCode.TENANT_ID_NOT_TEXT);
    }

    @Test
    void the_control_planes_tables_are_out_of_reach_whatever_is_declared(TestDatabase database) {
        database.execute(Role.CONTROL, "create table tenancy.secrets (id int)");
        assertThat(audit(IsolationConfig.DEFAULTS)).isEmpty();
        database.execute(Role.CONTROL, "grant select on tenancy.secrets to tenancy_app");

        var findings = audit(IsolationConfig.DEFAULTS.withSharedTables("tenancy.*"));

        assertThat(findings).extracting(Finding::code).containsExactly(FindingCode.TABLE_OF_CONTROL_PLANE);
        database.execute(Role.CONTROL, findings.get(0).mend());
        assertThat(audit(IsolationConfig.DEFAULTS)).isEmpty();
        database.execute(Role.CONTROL, "drop table tenancy.secrets");
    }

    private List<Finding> audit(IsolationConfig config) {
        return TenancyAudit.of(app, config).run().findings();
    }

    private List<String> unboundRows() {
        try {
            return unbound(app, NAMES);
        } catch (SQLException refused) {
            return List.of();
        }
    }
}
