package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.postgres.stores.SqlTenantMembership;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** O-3: a row-level tenant is removed by the default policy, with Flyway's login. */
class RowLevelRemovalOverSpringTest {

    private static final TenantId ACME = TenantId.of("acme");

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = PostgresServer.shared().createDatabase();
        Notes.createTable(database);
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.shared().drop(database);
    }

    @Test
    void O_3_a_removed_tenant_leaves_an_archive() {
        try (var service = start(
                "spring.flyway.enabled=true",
                "spring.flyway.baseline-on-migrate=true",
                "spring.flyway.user=tenancy_migrator")) {
            var tenants = write(service);
            tenants.deleteTenant(ACME);

            var report = tenants.purgeBeforeGrace(ACME, "a test");

            assertThat(report.resources())
                    .contains(new ErasedResource("public.note", 1, 1, 0))
                    .anyMatch(kept -> kept.name().startsWith("archived_") && kept.left() == 1);
        }
    }

    @Test
    void O_3_control_without_another_login_than_the_serving_one_it_is_refused_before_anything_changes() {
        try (var service = start("spring.flyway.enabled=false")) {
            var tenants = write(service);

            assertThatThrownBy(() -> tenants.deleteTenant(ACME))
                    .isInstanceOf(TenantIsolationException.class)
                    .hasMessageContaining("lifecycle.deprovision_policy");

            assertThat(service.get("/notes", Tokens.of("ann", "acme")).body()).isEqualTo("[\"of acme\"]");
        }
    }

    private static TenantLifecycleService write(Service service) {
        var tenants = service.bean(TenantLifecycleService.class);
        tenants.createTenant(new CreateTenantCommand("acme", "Acme").withId(ACME));
        service.bean(SqlTenantMembership.class).grant("ann", ACME);
        service.post("/notes", Tokens.of("ann", "acme"), "of acme");
        return tenants;
    }

    private Service start(String... properties) {
        return Service.start(NotesApplication.class, Service.on(database, properties));
    }
}
