package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.spring.login.LoginApplication;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A login table is read before the tenant is known: as a shared table it works, as a tenant's it is refused and said so. */
@ExtendWith(OutputCaptureExtension.class)
class LoginTest {

    private TestDatabase database;

    @BeforeEach
    void createTables() {
        database = PostgresServer.shared().createDatabase();
        Notes.createTable(database);
        database.execute(
                Role.MIGRATOR,
                "set role tenancy_owner; create table app_user (name text primary key, password text not null)");
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.shared().drop(database);
    }

    @Test
    void users_of_all_tenants_log_in_from_a_shared_table() {
        database.execute(
                Role.MIGRATOR,
                "set role tenancy_owner; insert into app_user values ('ann', 'secret'); grant select on app_user to"
                        + " tenancy_app");
        try (var service = start("tenancy.isolation.tables.shared=app_user")) {
            Notes.createTenants(service);

            assertThat(get(service, "secret", "acme").body()).isEqualTo("acme");
            assertThat(get(service, "wrong", "acme").statusCode()).isEqualTo(401);
            assertThat(get(service, "secret", "globex").statusCode())
                    .as("no member")
                    .isEqualTo(403);
        }
    }

    @Test
    void a_login_table_of_tenants_is_refused_and_the_log_says_why(CapturedOutput output) {
        RowLevelPolicies.forTables("app_user").apply(database.as(Role.MIGRATOR));
        try (var service = start("tenancy.isolation.tables.tenant=note,app_user")) {
            Notes.createTenants(service);

            assertThat(get(service, "secret", "acme").statusCode()).isEqualTo(401);
            assertThat(get(service, "secret", "acme").statusCode()).isEqualTo(401);
            assertThat(output)
                    .containsOnlyOnce("A login could not be checked")
                    .contains("tenancy.isolation.tables.shared");
        }
    }

    private Service start(String tables) {
        return Service.start(
                LoginApplication.class, Service.on(database, "tenancy.resolution.resolvers=header", tables));
    }

    private static HttpResponse<String> get(Service service, String password, String tenant) {
        var login = Base64.getEncoder().encodeToString(("ann:" + password).getBytes(StandardCharsets.UTF_8));
        return service.get("/whose", "", "Authorization", "Basic " + login, "X-Tenant-Id", tenant);
    }
}
