package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.adoption.SchemaAdoption;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;

@TenancyTest
class AdoptionHowtoTest {

    @TempDir
    private Path folder;

    private TestDatabase database;

    @BeforeEach
    void a_database_of_one_tenant() throws IOException {
        database = PostgresServer.shared().createDatabase();
        var before = new ClassPathResource("db/migration/V1__invoicing.sql");
        Files.copy(before.getInputStream(), folder.resolve("V1__invoicing.sql"));
        migrate(true);
        database.execute(Role.MIGRATOR, "insert into customer (name, email) values ('Ann', 'ann@example.com')");
    }

    @Test
    void an_existing_schema_is_planned_and_flyway_migrates_it() throws IOException {
        writePlan(database.as(Role.SUPERUSER));

        migrate(false);

        var policies = RowLevelPolicies.forTables("customer", "invoice", "invoice_line");
        assertThat(policies.verify(database.as(Role.APP)).findings()).isEmpty();
        PostgresServer.shared().drop(database);
    }

    @Test
    void control_while_flyway_holds_its_lock_the_indexes_give_up_and_say_so() throws IOException {
        writePlan(database.as(Role.SUPERUSER));
        var indexes = folder.resolve("V3__tenant_indexes.sql");
        Files.writeString(indexes, Files.readString(indexes).replace("'1min'", "'200ms'"));

        assertThatThrownBy(() -> migrate(true)).hasMessageContaining("lock timeout");

        assertThat(indexes).content().contains("transactional.lock=false");
        PostgresServer.shared().drop(database);
    }

    private void writePlan(DataSource dataSource) throws IOException {
        // tag::adoption[]
        var plan = SchemaAdoption.of(dataSource)
                .withFirstTenant(TenantId.of("acme")) // whose all present rows are
                .withSharedTables("plan")
                .plan();

        System.out.println(plan.report());
        Files.writeString(folder.resolve("V2__tenants.sql"), plan.migration());
        Files.writeString(folder.resolve("V3__tenant_indexes.sql"), plan.indexes());
        Files.writeString(folder.resolve("V3__tenant_indexes.sql.conf"), "executeInTransaction=false");
        // end::adoption[]
    }

    private void migrate(boolean holdsLock) {
        Flyway.configure()
                .dataSource(database.as(Role.MIGRATOR))
                .locations("filesystem:" + folder)
                .configuration(Map.of("flyway.postgresql.transactional.lock", String.valueOf(holdsLock)))
                .load()
                .migrate();
    }
}
