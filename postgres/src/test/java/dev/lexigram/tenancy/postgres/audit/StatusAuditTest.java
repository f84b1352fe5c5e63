package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.FUNCTION_NOT_CANONICAL;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.STATUS_UNREADABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** I-14: what policies rely on that ask for the status of a tenant. */
@TenancyTest
class StatusAuditTest {

    private static final IsolationConfig STRICT =
            IsolationConfig.DEFAULTS.withTenantTables("customer", "invoice").withStrictStatus(true);

    private TestDatabase database;

    @BeforeEach
    void a_schema_with_its_control_plane_is_clean(TestDatabase database) {
        this.database = database;
        Invoicing.create(database);
        SqlTenantStore.of(database.as(Role.CONTROL));
        protect(true);
        assertThat(audit(STRICT)).isEmpty();
    }

    @Test
    void I_14_a_status_that_cannot_be_read_is_found_and_mended() {
        database.execute(Role.CONTROL, "revoke select (status) on tenancy.tenants from tenancy_owner");

        var findings = audit(STRICT);

        assertThat(findings).extracting(Finding::code).containsExactly(STATUS_UNREADABLE);
        database.execute(Role.CONTROL, findings.get(0).mend());
        assertThat(audit(STRICT)).isEmpty();
    }

    @Test
    void I_14_a_control_plane_in_another_database_is_told() {
        database.execute(Role.CONTROL, "alter table tenancy.tenants rename to elsewhere");
        try {
            assertThat(audit(STRICT)).singleElement().satisfies(finding -> {
                assertThat(finding.code()).isEqualTo(STATUS_UNREADABLE);
                assertThat(finding.mend()).contains("control_plane.url", "isolation.strict_status");
            });
        } finally {
            database.execute(Role.CONTROL, "alter table tenancy.elsewhere rename to tenants");
        }
    }

    @Test
    void I_14_a_function_that_asks_for_no_status_is_not_the_one() {
        protect(false);

        assertThat(audit(STRICT)).extracting(Finding::code).contains(FUNCTION_NOT_CANONICAL);
        assertThat(audit(STRICT.withStrictStatus(false))).as("control").isEmpty();
        protect(true);
        assertThat(audit(STRICT.withStrictStatus(false)))
                .as("nor is one that does, where nobody wants it")
                .extracting(Finding::code)
                .contains(FUNCTION_NOT_CANONICAL);
    }

    private void protect(boolean strict) {
        RowLevelPolicies.forTables("customer", "invoice")
                .withStrictStatus(strict)
                .apply(database.as(Role.MIGRATOR));
    }

    private List<Finding> audit(IsolationConfig config) {
        return TenancyAudit.of(database.as(Role.APP), config).run().findings();
    }
}
