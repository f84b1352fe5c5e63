package dev.lexigram.tenancy.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelObservation;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I-16: the audit while an application is observed, and when it is to be enforced. */
@TenancyTest
class ObservationAuditTest {

    private static final IsolationConfig REPORT = IsolationConfig.DEFAULTS.withAdoption(AdoptionMode.REPORT);

    private TestDatabase database;

    @BeforeEach
    void two_observed_tables(TestDatabase testDatabase) {
        database = testDatabase;
        Invoicing.create(database);
        RowLevelObservation.forTables("customer", "invoice")
                .withFirstTenant(TenantId.of("acme"))
                .apply(database.as(Role.MIGRATOR));
    }

    @Test
    void keys_are_all_that_is_wrong_with_observed_tables() {
        assertThat(audit(Role.APP, REPORT))
                .extracting(Finding::code)
                .containsOnly(
                        FindingCode.KEY_WITHOUT_TENANT,
                        FindingCode.REFERENCE_WITHOUT_TENANT,
                        FindingCode.DELETION_ACROSS_TENANTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table customer disable row level security",
                "alter table customer no force row level security",
                "drop policy tenancy_confine on customer",
                "alter policy tenancy_confine on customer to tenancy_app",
                "alter policy tenancy_confine on customer using (true)",
            })
    void a_table_that_is_no_longer_observed_is_told(String defect) {
        database.execute(Role.MIGRATOR, defect);

        assertThat(audit(Role.APP, REPORT))
                .filteredOn(finding -> finding.code() == FindingCode.TABLE_NOT_OBSERVED)
                .extracting(Finding::object)
                .containsExactly("public.customer");
    }

    @Test
    void undeclared_missing_and_protected_tables_are_told_and_shared_ones_are_not() {
        database.execute(Role.MIGRATOR, """
                create table bare (id int); create table country (code text); create table safe (id int);
                grant select on bare, country to tenancy_app""");
        RowLevelPolicies.forTables("safe").apply(database.as(Role.MIGRATOR));

        var findings = audit(Role.APP, REPORT.withSharedTables("country").withTenantTables("customer", "gone"));

        assertThat(findings)
                .filteredOn(finding -> finding.code().name().startsWith("TABLE_"))
                .extracting(Finding::toString)
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("ERROR TABLE_MISSING gone"),
                        line -> assertThat(line).startsWith("WARN TABLE_NOT_OBSERVED public.bare"),
                        line -> assertThat(line).startsWith("WARN TABLE_PROTECTED public.safe"));
    }

    @Test
    void RL_02_who_bypasses_policies_cannot_be_observed() {
        assertThat(audit(Role.SUPERUSER, REPORT))
                .extracting(Finding::code)
                .contains(FindingCode.ROLE_NOT_OBSERVED, FindingCode.ROLE_SUPERUSER);
        assertThat(audit(Role.MIGRATOR, REPORT)).extracting(Finding::code).contains(FindingCode.ROLE_NOT_OBSERVED);
        assertThat(audit(Role.APP, REPORT)).extracting(Finding::code).doesNotContain(FindingCode.ROLE_NOT_OBSERVED);
    }

    @Test
    void RL_18_to_be_enforced_an_observing_policy_is_an_error_and_its_mend_protects() {
        var findings = audit(Role.APP, IsolationConfig.DEFAULTS);
        assertThat(findings)
                .extracting(Finding::code)
                .contains(
                        FindingCode.POLICY_PERMISSIVE_MISSING,
                        FindingCode.POLICY_RESTRICTIVE_MISSING,
                        FindingCode.POLICY_NOT_CANONICAL,
                        FindingCode.TENANT_ID_NULLABLE);

        database.execute(Role.MIGRATOR, new TenantPolicy("tenancy.tenant_id").createFunction());
        findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .forEach(finding -> database.execute(Role.MIGRATOR, finding.mend()));

        assertThat(audit(Role.APP, IsolationConfig.DEFAULTS))
                .noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    private List<Finding> audit(Role role, IsolationConfig config) {
        return TenancyAudit.of(database.as(role), config).run().findings();
    }
}
