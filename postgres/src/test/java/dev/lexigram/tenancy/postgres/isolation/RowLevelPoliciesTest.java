package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TenancyTest
class RowLevelPoliciesTest {

    @BeforeEach
    void tables(TestDatabase database) {
        Invoicing.create(database);
    }

    @ParameterizedTest
    @EnumSource(KeyVariant.class)
    void what_the_script_makes_is_what_the_audit_demands(KeyVariant keys, TestDatabase database) {
        var policies = RowLevelPolicies.forTables("customer", "invoice").withKeys(keys);

        database.execute(Role.MIGRATOR, policies.script());

        assertThat(policies.verify(database.as(Role.APP)).findings()).isEmpty();
        var audit = TenancyAudit.of(database.as(Role.APP), IsolationConfig.DEFAULTS);
        assertThat(audit.run().findings()).isEmpty();
    }
}
