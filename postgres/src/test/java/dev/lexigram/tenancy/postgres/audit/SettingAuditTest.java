package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Sessions that are bound to a tenant before anyone was admitted, and a function that lets them. */
@Tag("server")
@TenancyTest
class SettingAuditTest {

    private static final String NAMES = "select name from customer";

    private DataSource app;

    @BeforeEach
    void a_clean_schema_with_a_customer_of_acme(TestDatabase database) throws SQLException {
        Invoicing.create(database);
        app = database.as(Role.APP);
        RowLevelPolicies.forTables("customer", "invoice").apply(database.as(Role.MIGRATOR));
        as(app, "acme", "insert into customer (name) values ('Ann of acme')");
        assertThat(audit(app)).isEmpty();
    }

    @Test
    void CN_11_a_startup_option_opens_the_rows_of_a_tenant_and_is_found(TestDatabase database) throws SQLException {
        var bound = (PGSimpleDataSource) database.as(Role.APP);
        bound.setOptions("-c tenancy.tenant_id=acme");
        assertThat(unbound(bound, NAMES)).containsExactly("Ann of acme");

        assertThat(audit(bound))
                .extracting(Finding::code)
                .containsExactly(
                        FindingCode.SETTING_BOUND,
                        FindingCode.FUNCTION_DOES_NOT_REFUSE,
                        FindingCode.UNBOUND_READ_SUCCEEDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role tenancy_app set TENANCY.tenant_id = 'acme'",
                "role tenancy_app in database :db set tenancy.tenant_id = 'acme'",
                "database :db set tenancy.tenant_id = 'acme'",
                "role all set tenancy.tenant_id = 'acme'"
            })
    void CN_11_a_default_of_role_or_database_opens_the_rows_of_a_tenant_and_is_found(
            String defect, TestDatabase database) throws SQLException {
        var statement = "alter " + defect.replace(":db", database.name());
        assertThatThrownBy(() -> database.execute(Role.APP, statement)).hasMessageContaining("ERROR");
        database.execute(Role.SUPERUSER, statement);
        List<Finding> findings;
        try {
            assertThat(unbound(app, NAMES)).containsExactly("Ann of acme");

            findings = audit(app);
        } finally {
            database.execute(Role.SUPERUSER, statement.replaceFirst("(?i)set tenancy.*", "reset tenancy.tenant_id"));
        }

        assertThat(findings).extracting(Finding::code).contains(FindingCode.SETTING_DEFAULT, FindingCode.SETTING_BOUND);
        assertThat(findings)
                .filteredOn(finding -> finding.code() == FindingCode.SETTING_DEFAULT)
                .hasSize(1);
        database.execute(Role.SUPERUSER, statement);
        findings.stream()
                .filter(finding -> finding.code() == FindingCode.SETTING_DEFAULT)
                .forEach(finding -> database.execute(Role.SUPERUSER, finding.mend()));
        assertThat(audit(app)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alter function tenancy.require_tenant() volatile            | FUNCTION_NOT_CANONICAL
            alter function tenancy.require_tenant() security definer    | FUNCTION_NOT_CANONICAL
            alter function tenancy.require_tenant() reset search_path   | FUNCTION_NOT_CANONICAL
            alter function tenancy.require_tenant() parallel unsafe     | FUNCTION_NOT_CANONICAL
            create function tenancy.require_tenant(n int default 1) returns text language sql as 'select null' | FUNCTION_NOT_CANONICAL
            create or replace function tenancy.require_tenant() returns text language sql as 'select null' | FUNCTION_DOES_NOT_REFUSE
            create or replace function tenancy.require_tenant() returns text language plpgsql as 'begin return ''acme''; end' | UNBOUND_READ_SUCCEEDS
            revoke execute on function tenancy.require_tenant() from tenancy_app | FUNCTION_NOT_EXECUTABLE
            revoke usage on schema tenancy from tenancy_app             | FUNCTION_NOT_EXECUTABLE
            drop function tenancy.require_tenant() cascade              | FUNCTION_MISSING
            """)
    void a_function_that_is_not_the_canonical_one_is_found_and_mended(
            String defect, FindingCode code, TestDatabase database) {
        database.execute(Role.MIGRATOR, defect);

        var findings = audit(app);

        assertThat(findings).extracting(Finding::code).contains(code);
        findings.forEach(finding -> database.execute(Role.MIGRATOR, finding.mend()));
        assertThat(audit(app)).isEmpty();
    }

    @Test
    void a_canary_and_an_unbound_read_notice_what_the_definitions_do_not_show(TestDatabase database) {
        database.execute(
                Role.MIGRATOR,
                "create or replace function tenancy.require_tenant() returns text language plpgsql as"
                        + " 'begin return ''acme''; end'");

        assertThat(audit(app))
                .extracting(Finding::code)
                .contains(
                        FindingCode.CANARY_SEES_ROWS,
                        FindingCode.UNBOUND_READ_SUCCEEDS,
                        FindingCode.FUNCTION_DOES_NOT_REFUSE);
    }

    private static List<Finding> audit(DataSource source) {
        return TenancyAudit.of(source, IsolationConfig.DEFAULTS).run().findings();
    }
}
