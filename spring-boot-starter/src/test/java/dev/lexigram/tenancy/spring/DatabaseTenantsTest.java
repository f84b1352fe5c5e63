package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.postgres.database.TenantPools;
import dev.lexigram.tenancy.postgres.stores.SqlTenantMembership;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tenants of all three strategies in one Spring Boot service, over one DataSource. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseTenantsTest {

    private static final List<String> STRATEGIES = List.of("row_level", "schema", "database");

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = PostgresServer.shared().createDatabase();
        Notes.createTable(database);
    }

    @AfterEach
    void dropDatabases() throws SQLException {
        for (var name : tenantsDatabases()) {
            database.execute(Role.SUPERUSER, "drop database \"" + name + "\" with (force)");
        }
        PostgresServer.shared().drop(database);
    }

    @Test
    void I_1_tenants_of_each_strategy_are_served_by_one_data_source_and_see_only_their_own() throws SQLException {
        try (var service = start()) {
            var tenants = service.bean(TenantLifecycleService.class);
            for (var strategy : STRATEGIES) {
                for (var name : List.of("a-" + strategy, "b-" + strategy)) {
                    var id = TenantId.of(name);
                    tenants.createTenant(new CreateTenantCommand(name.replace('_', '-'), name)
                            .withId(id)
                            .withStrategy(strategy));
                    service.bean(SqlTenantMembership.class).grant("ann", id);
                    service.post("/notes", Tokens.of("ann", name), "of " + name);
                }
            }

            for (var round = 0; round < 3; round++) {
                for (var strategy : STRATEGIES) {
                    for (var name : List.of("a-" + strategy, "b-" + strategy)) {
                        assertThat(service.get("/notes", Tokens.of("ann", name)).body())
                                .isEqualTo("[\"of " + name + "\"]");
                    }
                }
            }

            assertThat(tenantsDatabases()).containsExactly("tenant_a-database", "tenant_b-database");
            assertThat(service.bean(TenantPools.class).open()).isEqualTo(2);
            tenants.suspendTenant(TenantId.of("a-database"), "unpaid");
            assertThat(service.get("/notes", Tokens.of("ann", "a-database")).statusCode())
                    .isEqualTo(403);
        }
        try (var again = start()) {
            assertThat(again.get("/notes", Tokens.of("ann", "b-database")).body())
                    .isEqualTo("[\"of b-database\"]");
        }
    }

    @Test
    void LC_06_a_removed_tenant_leaves_nothing_or_an_archive() throws SQLException {
        try (var service = start("tenancy.lifecycle.isolation-strategy=database")) {
            var tenants = service.bean(TenantLifecycleService.class);
            for (var policy : DeprovisionPolicy.values()) {
                var id = TenantId.of(policy.wireName());
                tenants.createTenant(new CreateTenantCommand(policy.wireName(), "Gone").withId(id));
                tenants.deleteTenant(id, policy);

                var report = tenants.purgeBeforeGrace(id, "a test");

                assertThat(report.resources())
                        .filteredOn(resource -> resource.name().endsWith(".note"))
                        .singleElement()
                        .matches(resource -> resource.found() == 0);
            }
        }
        assertThat(tenantsDatabases())
                .hasSize(2)
                .anyMatch("tenant_keep"::equals)
                .anyMatch(name -> name.startsWith("archived_"));
    }

    @Test
    void without_a_key_for_the_passwords_the_start_fails(CapturedOutput output) {
        assertThatThrownBy(() -> start("tenancy.databases.secret-key=").close()).isInstanceOf(Exception.class);

        assertThat(output).contains("databases.secret_key").contains("openssl rand");
    }

    private Service start(String... more) {
        var properties = new ArrayList<>(List.of(
                "spring.flyway.enabled=true",
                "spring.flyway.user=tenancy_migrator",
                "spring.flyway.baseline-on-migrate=true",
                "tenancy.isolation.schema.locations=classpath:db/notes",
                "tenancy.isolation.tables.tenant=note",
                "tenancy.databases.user=tenancy_provisioner",
                "tenancy.databases.secret-key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));
        properties.addAll(Arrays.asList(more));
        return Service.start(NotesApplication.class, Service.on(database, properties.toArray(String[]::new)));
    }

    private List<String> tenantsDatabases() throws SQLException {
        try (var connection = database.as(Role.SUPERUSER).getConnection();
                var row = connection
                        .createStatement()
                        .executeQuery(
                                "select datname from pg_database where datname ~ '^(tenant|archived)_' order by 1")) {
            var names = new ArrayList<String>();
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        }
    }
}
