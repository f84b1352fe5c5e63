package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
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

/** Tenants with a schema each in a Spring Boot service: by a property, with Flyway's own login. */
@ExtendWith(OutputCaptureExtension.class)
class SchemaTenantsTest {

    private static final String MIGRATOR = "spring.flyway.user=tenancy_migrator";

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = PostgresServer.shared().createDatabase();
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.shared().drop(database);
    }

    @Test
    void each_new_tenant_gets_a_schema_and_its_connections_see_only_that() throws SQLException {
        try (var service = start(MIGRATOR)) {
            Notes.assertIsolated(service);

            assertThat(read("select strategy || ' ' || physical_name from tenancy.placements where tenant_id = 'acme'"))
                    .containsExactly("schema tenant_acme");
            assertThat(read("select nspname from pg_namespace where nspname ~ '^tenant_' order by 1"))
                    .containsExactly("tenant_acme", "tenant_globex", "tenant_gone", "tenant_sleepy");
        }
        try (var again = start(MIGRATOR)) {
            assertThat(again.get("/notes", Tokens.of("ann", "acme")).body()).isEqualTo("[\"of acme\"]");
        }
    }

    @Test
    void a_row_level_tenant_lives_beside_them() {
        Notes.createTable(database);
        try (var service = start(MIGRATOR, "tenancy.isolation.tables.tenant=note")) {
            var tenants = service.bean(TenantProvider.class);
            var members = service.bean(SqlTenantMembership.class);
            tenants.createTenant(new CreateTenantCommand("small", "Small")
                    .withId(TenantId.of("small"))
                    .withStrategy("row_level"));
            tenants.createTenant(new CreateTenantCommand("large", "Large").withId(TenantId.of("large")));
            for (var name : List.of("small", "large")) {
                members.grant("ann", TenantId.of(name));
                service.post("/notes", Tokens.of("ann", name), "of " + name);
            }

            for (var name : List.of("small", "large", "small")) {
                assertThat(service.get("/notes", Tokens.of("ann", name)).body()).isEqualTo("[\"of " + name + "\"]");
            }
        }
    }

    @Test
    void LC_06_a_removed_tenant_leaves_nothing_or_an_archive() throws SQLException {
        try (var service = start(MIGRATOR)) {
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
            assertThat(read("""
                    select regexp_replace(nspname, '_[0-9a-f]{32}_[0-9]{10}$', '') from pg_namespace
                    where nspname ~ '^(tenant|archived)_' order by 1
                    """)).containsExactly("archived", "tenant_keep");
        }
    }

    @Test
    void without_another_login_than_the_serving_one_the_start_fails(CapturedOutput output) {
        assertThatThrownBy(() -> start("spring.flyway.enabled=false").close()).isInstanceOf(Exception.class);

        assertThat(output).contains("lifecycle.isolation_strategy is schema", "spring.flyway.user");
    }

    @Test
    void a_schema_whose_guard_is_gone_ends_the_next_start(CapturedOutput output) {
        try (var service = start(MIGRATOR)) {
            service.bean(TenantProvider.class)
                    .createTenant(new CreateTenantCommand("acme", "Acme").withId(TenantId.of("acme")));
        }
        database.execute(Role.SUPERUSER, "alter table tenant_acme.note disable row level security");

        assertThatThrownBy(() -> start(MIGRATOR).close()).isInstanceOf(Exception.class);

        assertThat(output).contains("SCHEMA_GUARD_MISSING tenant_acme.note");
    }

    @Test
    void the_policies_of_row_level_tables_and_of_schemas_share_their_function() throws SQLException {
        try (var service = start(MIGRATOR)) {
            service.bean(TenantProvider.class)
                    .createTenant(new CreateTenantCommand("acme", "Acme").withId(TenantId.of("acme")));
        }
        Notes.createTable(database);

        try (var service = start(MIGRATOR, "tenancy.isolation.tables.tenant=note")) {
            assertThat(service.port()).isPositive();
        }
    }

    private Service start(String... more) {
        var properties = new ArrayList<>(List.of(
                "spring.flyway.enabled=true",
                "spring.flyway.baseline-on-migrate=true",
                "tenancy.lifecycle.isolation-strategy=schema",
                "tenancy.isolation.schema.locations=classpath:db/notes",
                "tenancy.isolation.tables.tenant="));
        properties.addAll(Arrays.asList(more));
        return Service.start(NotesApplication.class, Service.on(database, properties.toArray(String[]::new)));
    }

    private List<String> read(String sql) throws SQLException {
        try (var connection = database.as(Role.SUPERUSER).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }
}
