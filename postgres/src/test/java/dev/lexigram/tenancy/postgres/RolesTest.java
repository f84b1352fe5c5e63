package dev.lexigram.tenancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@TenancyTest
class RolesTest {

    @Test
    void the_application_role_can_log_in_and_create_nothing(TestDatabase database) throws SQLException {
        try (var connection = database.as(Role.APP).getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("create table public.t (id int)"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("create temporary table t (id int)"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("create schema s")).hasMessageContaining("permission denied");
        }
    }

    @Test
    void the_migrator_creates_what_the_application_cannot_reach_without_a_grant(TestDatabase database) {
        database.execute(Role.MIGRATOR, "create table public.t (id int)");

        assertThatThrownBy(() -> database.execute(Role.APP, "select * from public.t"))
                .hasMessageContaining("permission denied");
        assertThat(database.name()).startsWith("test_");
    }

    @Test
    void run_again_the_script_takes_back_what_serving_roles_must_not_have(TestDatabase database)
            throws SQLException, IOException {
        database.execute(Role.SUPERUSER, """
                alter role tenancy_app bypassrls createrole;
                grant create on schema public to tenancy_app;
                alter schema tenancy owner to postgres""");
        var tooMuch =
                "select (select bool_or(rolbypassrls or rolcreaterole) from pg_roles where rolname = 'tenancy_app')"
                        + " or has_schema_privilege('tenancy_app', 'public', 'create')"
                        + " or (select nspowner <> 'tenancy_owner'::regrole from pg_namespace where nspname = 'tenancy')";
        try {
            assertThat(Invoicing.unbound(database.as(Role.APP), tooMuch)).containsExactly("t");
        } finally {
            database.execute(Role.SUPERUSER, script());
        }

        assertThat(Invoicing.unbound(database.as(Role.APP), tooMuch)).containsExactly("f");
    }

    @Test
    void where_bypassing_is_forbidden_the_script_still_makes_the_roles(TestDatabase database)
            throws SQLException, IOException {
        database.execute(Role.SUPERUSER, "create role cloud_admin login createrole createdb");
        database.execute(Role.SUPERUSER, "grant create on database " + database.name() + " to cloud_admin");
        var start = script().indexOf("do $$");
        var roles = script().substring(start, script().indexOf("-- Temporary tables", start)) + "end $$";

        try (var admin = Invoicing.login(database, "cloud_admin").getConnection();
                var statement = admin.createStatement()) {
            statement.execute(roles.replace("tenancy_", "other_"));
            assertThat(statement.getWarnings().getMessage()).contains("cannot bypass row security");
        } finally {
            database.execute(
                    Role.SUPERUSER,
                    "drop role if exists other_owner, other_migrator, other_app, other_admin, other_control;"
                            + " drop owned by cloud_admin; drop role cloud_admin");
        }
    }

    private static String script() throws IOException {
        try (var script = RolesTest.class.getResourceAsStream("roles.sql")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
