package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.tenant.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationHowtoTest {

    @Test
    void the_migration_is_a_script_to_review_and_commit(@TempDir Path folder) throws IOException {
        var migration = folder.resolve("V42__tenants.sql");

        // tag::migration[]
        var sql = RowLevelPolicies.forTables("customer", "invoice", "invoice_line")
                .withFirstTenant(TenantId.of("acme")) // whose all present rows are
                .script();
        Files.writeString(migration, sql);
        // end::migration[]

        assertThat(migration).content().contains("force row level security", "'acme'");
    }
}
