package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.FUNCTION_NOT_CANONICAL;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.SEAL_KEYS_REACHABLE;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.SEAL_LOGGED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** I-13: what sealed mode relies on. */
@TenancyTest
class SealAuditTest {

    private static final IsolationConfig SEALED =
            IsolationConfig.DEFAULTS.withTenantTables("customer", "invoice").withSealed(true);

    private TestDatabase database;

    @BeforeEach
    void a_sealed_schema_is_clean(TestDatabase database) {
        this.database = database;
        Invoicing.create(database);
        protect(true);
        assertThat(audit(SEALED)).isEmpty();
    }

    @Test
    void I_13_keys_that_the_serving_role_reaches_are_found() {
        database.execute(Role.SUPERUSER, "grant select (outer_pad) on tenancy.seal_keys to tenancy_app");

        var findings = audit(SEALED);

        assertThat(findings).extracting(Finding::code).contains(SEAL_KEYS_REACHABLE);
        findings.stream()
                .filter(finding -> finding.code() == SEAL_KEYS_REACHABLE)
                .forEach(finding -> database.execute(Role.SUPERUSER, finding.mend()));
        assertThat(audit(SEALED)).isEmpty();
    }

    @Test
    void I_13_a_function_that_verifies_no_seal_is_not_the_one() {
        protect(false);

        assertThat(audit(SEALED)).extracting(Finding::code).contains(FUNCTION_NOT_CANONICAL);
        assertThat(audit(SEALED.withSealed(false))).as("control").isEmpty();
        protect(true);
        assertThat(audit(SEALED.withSealed(false)))
                .as("nor is a sealed one, where the bare id is bound")
                .extracting(Finding::code)
                .contains(FUNCTION_NOT_CANONICAL);
    }

    @Test
    void CN_25_a_log_that_gets_tokens_is_a_warning() {
        database.execute(Role.SUPERUSER, "alter role tenancy_app set log_statement = 'all'");
        try {
            assertThat(audit(SEALED)).extracting(Finding::code).containsExactly(SEAL_LOGGED);
        } finally {
            database.execute(Role.SUPERUSER, "alter role tenancy_app reset log_statement");
        }
    }

    private void protect(boolean sealed) {
        RowLevelPolicies.forTables("customer", "invoice").withSealed(sealed).apply(database.as(Role.MIGRATOR));
    }

    private List<Finding> audit(IsolationConfig config) {
        return TenancyAudit.of(database.as(Role.APP), config).run().findings();
    }
}
