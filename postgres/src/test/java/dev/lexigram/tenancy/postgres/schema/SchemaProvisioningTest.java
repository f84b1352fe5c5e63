package dev.lexigram.tenancy.postgres.schema;

import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.INVOICING;
import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.ONE_TABLE;
import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.asApp;
import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.present;
import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.read;
import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.schemas;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.SchemaConfig;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TenancyTest
class SchemaProvisioningTest {

    private static final TenantId ACME = TenantId.of("acme");

    @AfterEach
    void removeSchemas(TestDatabase database) throws SQLException {
        for (var schema : present(database)) {
            database.execute(Role.SUPERUSER, "drop schema \"" + schema + "\" cascade");
        }
        database.execute(Role.SUPERUSER, "drop table if exists tenancy.tenant_schemas");
    }

    @Test
    void I_8_a_new_tenant_gets_a_schema_with_the_tables_of_the_application(TestDatabase database) throws SQLException {
        schemas(database, INVOICING).provision(ACME);

        assertThat(read(database, Role.MIGRATOR, "select version from tenant_acme.flyway_schema_history"))
                .containsExactly("1", "2");
        assertThat(asApp(database, "acme", """
                insert into tenant_acme.customer (name, email) values ('Ada', 'ada@example.com') returning id::text
                """)).containsExactly("1");
        assertThat(asApp(database, "acme", "select email from tenant_acme.customer"))
                .containsExactly("ada@example.com");
        assertThat(asApp(database, "acme", "select code from tenant_acme.plan order by code"))
                .containsExactly("business", "free", "team");
        assertThat(asApp(database, "acme", "select id::text from tenant_acme.open_invoice"))
                .isEmpty();
    }

    @Test
    void the_schema_belongs_to_the_owner_and_says_whose_it_is(TestDatabase database) throws SQLException {
        schemas(database, INVOICING).provision(ACME);

        assertThat(read(
                        database,
                        Role.SUPERUSER,
                        "select nspowner::regrole || ': ' || obj_description(oid, 'pg_namespace') from pg_namespace"
                                + " where nspname = 'tenant_acme'"))
                .singleElement()
                .asString()
                .matches("tenancy_owner: lexigram-tenancy schema of tenant acme [0-9a-f-]{36}");
        assertThatThrownBy(() -> read(database, Role.APP, "select * from tenancy.tenant_schemas"))
                .hasFieldOrPropertyWithValue("SQLState", "42501");
        assertThatThrownBy(() -> asApp(database, "acme", "select version from tenant_acme.flyway_schema_history"))
                .hasFieldOrPropertyWithValue("SQLState", "42501");
    }

    @Test
    void provisioning_again_changes_nothing(TestDatabase database) throws SQLException {
        var schemas = schemas(database, INVOICING);
        schemas.provision(ACME);
        asApp(
                database,
                "acme",
                "insert into tenant_acme.customer (name, email) values ('Ada', 'a@b.c') returning name");

        schemas.provision(ACME);

        assertThat(asApp(database, "acme", "select name from tenant_acme.customer"))
                .containsExactly("Ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "comment on schema tenant_acme is 'somebody else''s'",
                "comment on schema tenant_acme is"
                        + " 'lexigram-tenancy schema of tenant acme 00000000-0000-0000-0000-000000000000'"
            })
    void LC_08_a_schema_that_is_there_already_is_neither_adopted_nor_emptied(String marker, TestDatabase database)
            throws SQLException {
        database.execute(
                Role.SUPERUSER,
                "create schema tenant_acme; create table tenant_acme.theirs as select 'kept' as body; " + marker);
        var schemas = schemas(database, ONE_TABLE);

        assertThatThrownBy(() -> schemas.provision(ACME))
                .isInstanceOf(TenantProvisioningException.class)
                .hasFieldOrPropertyWithValue("code", "LEX_ERR_TENANT_004")
                .hasMessageContaining("tenant_acme");
        schemas.undo(ACME);
        schemas.drop(ACME);

        assertThat(read(database, Role.SUPERUSER, "select body from tenant_acme.theirs"))
                .containsExactly("kept");
        assertThat(read(database, Role.SUPERUSER, "select to_regclass('tenant_acme.note')::text"))
                .containsExactly((String) null);
    }

    @Test
    void LC_08_a_schema_in_the_place_of_the_tenants_own_is_left_alone(TestDatabase database) throws SQLException {
        var schemas = schemas(database, ONE_TABLE);
        schemas.provision(ACME);
        database.execute(
                Role.SUPERUSER,
                "alter schema tenant_acme rename to moved; create schema tenant_acme;"
                        + " create table tenant_acme.theirs as select 'kept' as body");

        for (var attempt : List.<Runnable>of(
                () -> schemas.provision(ACME),
                () -> schemas.undo(ACME),
                () -> schemas.drop(ACME),
                () -> schemas.archive(ACME),
                () -> schemas.close(ACME),
                () -> schemas.restore(ACME))) {
            assertThatThrownBy(attempt::run)
                    .isInstanceOf(TenantProvisioningException.class)
                    .hasMessageContaining("was not made here");
        }
        assertThat(read(database, Role.SUPERUSER, "select body from tenant_acme.theirs"))
                .containsExactly("kept");
        database.execute(Role.SUPERUSER, "drop schema moved cascade");
    }

    /** What the library does not do: the name alone decides, and somebody else's table goes. */
    @Test
    void LC_08_control_by_its_name_alone_the_schema_would_be_emptied(TestDatabase database) throws SQLException {
        database.execute(Role.SUPERUSER, "create schema tenant_acme; create table tenant_acme.theirs (id int)");

        database.execute(Role.SUPERUSER, "create schema if not exists tenant_acme; drop schema tenant_acme cascade");

        assertThat(present(database)).isEmpty();
    }

    @Test
    void V_1_a_migration_that_fails_leaves_no_access_and_the_next_attempt_begins_anew(TestDatabase database)
            throws SQLException {
        var broken = FlywaySchemaMigrator.of(SchemaConfig.DEFAULTS.withLocations("classpath:db/broken"));

        assertThatThrownBy(() -> schemas(database, broken).provision(ACME))
                .isInstanceOf(TenantProvisioningException.class);
        assertThatThrownBy(() -> asApp(database, "acme", "select * from tenant_acme.first"))
                .hasFieldOrPropertyWithValue("SQLState", "42501");

        schemas(database, INVOICING).provision(ACME);
        assertThat(asApp(database, "acme", "select code from tenant_acme.plan")).hasSize(3);
        assertThatThrownBy(() -> asApp(database, "acme", "select * from tenant_acme.first"))
                .hasFieldOrPropertyWithValue("SQLState", "42P01");
    }

    @Test
    void LC_01_what_a_died_attempt_has_left_is_not_built_upon(TestDatabase database) throws SQLException {
        var attempts = new AtomicInteger();
        SchemaMigrator notRepeatable = (provisioner, schema) -> {
            database.execute(Role.MIGRATOR, "create table " + schema.sql() + ".half (id int)");
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("the node died");
            }
        };
        assertThatThrownBy(() -> schemas(database, notRepeatable).provision(ACME))
                .isInstanceOf(TenantProvisioningException.class);

        schemas(database, notRepeatable).provision(ACME);

        assertThat(asApp(database, "acme", "select id::text from tenant_acme.half"))
                .isEmpty();
    }

    @Test
    void migrations_look_for_tables_in_the_tenants_schema_only(TestDatabase database) throws SQLException {
        database.execute(Role.SUPERUSER, "create table public.nowhere (id bigint primary key)");
        var broken = FlywaySchemaMigrator.of(SchemaConfig.DEFAULTS.withLocations("classpath:db/broken"));

        assertThatThrownBy(() -> schemas(database, broken).provision(ACME))
                .isInstanceOf(TenantProvisioningException.class);
        database.execute(Role.SUPERUSER, "drop table public.nowhere");
    }

    @Test
    void a_view_that_reads_with_its_owners_rights_fails_the_provisioning(TestDatabase database) throws SQLException {
        SchemaMigrator withView = (provisioner, schema) -> {
            ONE_TABLE.migrate(provisioner, schema);
            database.execute(
                    Role.MIGRATOR,
                    "create view " + schema.sql() + ".all_notes as select * from " + schema.sql() + ".note");
        };

        assertThatThrownBy(() -> schemas(database, withView).provision(ACME))
                .isInstanceOf(TenantProvisioningException.class)
                .hasStackTraceContaining("security_invoker");
    }

    @Test
    void ID_03_names_that_differ_in_the_last_byte_are_two_schemas(TestDatabase database) throws SQLException {
        var schemas = schemas(database, ONE_TABLE);
        var one = TenantId.of("x".repeat(55) + "1");
        var two = TenantId.of("x".repeat(55) + "2");

        schemas.provision(one);
        schemas.provision(two);

        assertThat(present(database)).containsExactly("tenant_" + one, "tenant_" + two);
        assertThat(SchemaName.of(one).value()).hasSize(63);
        assertThatThrownBy(() -> new SchemaName("tenant_" + "x".repeat(57)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What PostgreSQL does with longer names: the second is the first. */
    @Test
    void ID_03_control_longer_names_are_cut_and_collide(TestDatabase database) throws SQLException {
        var name = "tenant_" + "x".repeat(56);
        database.execute(
                Role.SUPERUSER, "create schema \"" + name + "1\"; create schema if not exists \"" + name + "2\"");

        assertThat(present(database)).containsExactly(name);
    }

    @Test
    void LC_02_of_many_nodes_that_provision_at_once_each_finds_the_one_schema(TestDatabase database) throws Exception {
        var nodes = Executors.newFixedThreadPool(8);
        try {
            var work = IntStream.range(0, 16)
                    .<Callable<Void>>mapToObj(node -> () -> {
                        schemas(database, ONE_TABLE).provision(ACME);
                        return null;
                    })
                    .collect(Collectors.toList());
            for (var done : nodes.invokeAll(work)) {
                done.get();
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(present(database)).containsExactly("tenant_acme");
    }

    @Test
    void the_serving_login_can_provision_nothing(TestDatabase database) throws SQLException {
        var asApp = TenantSchemas.of(database.as(Role.APP), ONE_TABLE, IsolationConfig.DEFAULTS);

        assertThatThrownBy(() -> asApp.provision(ACME)).isInstanceOf(TenantProvisioningException.class);
        assertThat(present(database)).isEmpty();
    }
}
