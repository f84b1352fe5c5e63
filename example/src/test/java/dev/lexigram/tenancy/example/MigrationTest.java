package dev.lexigram.tenancy.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

@TenancyTest
class MigrationTest {

    private static final RowLevelPolicies POLICIES =
            RowLevelPolicies.forTables("customer", "invoice", "invoice_line").withKeys(KeyVariant.SURROGATE);

    @Test
    void the_committed_tenant_migration_is_what_the_library_writes() throws IOException {
        var committed =
                new ClassPathResource("db/migration/V2__tenants.sql").getContentAsString(StandardCharsets.UTF_8);

        assertThat(committed).isEqualTo(POLICIES.script());
    }

    @Test
    void the_migrations_run_as_the_migrator_and_leave_the_tables_protected(TestDatabase database) {
        Flyway.configure().dataSource(database.as(Role.MIGRATOR)).load().migrate();

        assertThat(POLICIES.verify(database.as(Role.APP)).findings()).isEmpty();
    }

    @Test
    void control_without_the_tenant_migration_the_tables_are_not_protected(TestDatabase database) {
        database.execute(Role.SUPERUSER, "create schema before authorization tenancy_migrator");
        Flyway.configure()
                .dataSource(database.as(Role.MIGRATOR))
                .schemas("before")
                .target("1")
                .load()
                .migrate();

        var before = RowLevelPolicies.forTables("before.customer", "before.invoice", "before.invoice_line");
        assertThat(before.verify(database.as(Role.APP)).findings()).isNotEmpty();
    }
}
