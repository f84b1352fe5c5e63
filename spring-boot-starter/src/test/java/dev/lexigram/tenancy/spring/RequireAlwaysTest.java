package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route needs a tenant, but for those that say why they need none. */
@TenancyTest
class RequireAlwaysTest {

    private static Service service;

    @BeforeAll
    static void start(TestDatabase database) {
        Notes.createTable(database);
        service = Service.start(
                NotesApplication.class,
                Service.on(
                        database, "tenancy.resolution.require=always", "tenancy.resolution.ignore-paths=/open/thread"));
        Notes.createTenants(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void AZ_05_a_route_that_says_nothing_is_denied_without_a_tenant() {
        var denied = service.get("/open", Tokens.of("ann"));

        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body()).contains("LEX_ERR_TENANT_010");
        assertThat(service.get("/nosuch", Tokens.of("ann")).statusCode()).isEqualTo(403);
        assertThat(service.get("/open", Tokens.of("ann", "acme")).body()).isEqualTo("acme");
        assertThat(service.get("/open", Tokens.of("ann", "sleepy")).body()).contains("LEX_ERR_TENANT_008");
    }

    @Test
    void a_route_that_says_why_it_needs_none_passes_and_so_does_an_ignored_path() {
        assertThat(service.get("/public", "").body()).isEqualTo("none");
        assertThat(service.get("/public", Tokens.of("ann", "sleepy")).body()).isEqualTo("none");
        assertThat(service.get("/open/thread", "").body()).startsWith("none ");
    }

    @Test
    void looking_for_the_mark_does_not_disturb_the_request() {
        assertThat(service.get("/public?x=1", "").statusCode()).isEqualTo(200);
        assertThat(service.post("/public", "", "").statusCode()).isEqualTo(403); // only GET is marked
    }
}
