package dev.lexigram.tenancy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.resolution.RequireMode;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.RouteConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenantContextFilterTest {

    private final Tenants tenants = new Tenants();
    private TomcatServer server;

    @BeforeEach
    void start() {
        server = serve(ResolutionConfig.DEFAULTS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_member_who_names_a_tenant_runs_as_it() {
        assertThat(server.get("/tenant", "Test-User", "ann", "X-Tenant-ID", "acme")
                        .body())
                .isEqualTo("acme");
    }

    @Test
    void a_verified_claim_needs_no_membership() {
        assertThat(server.get("/tenant", "Test-User", "bob", "Test-Claim", "globex")
                        .body())
                .isEqualTo("globex");
    }

    @Test
    void without_a_source_the_request_runs_as_no_tenant() {
        assertThat(server.get("/tenant", "Test-User", "ann").body()).isEqualTo("none, no_source");
    }

    @Test
    void RS_02_an_anonymous_header_binds_nothing() {
        assertThat(server.get("/tenant", "X-Tenant-ID", "acme").body()).isEqualTo("none, not_a_member");
    }

    @Test
    void RS_15_the_next_request_on_the_same_thread_does_not_see_the_tenant_of_the_one_before() {
        var first = server.get("/thread", "Test-User", "ann", "X-Tenant-ID", "acme");
        var second = server.get("/thread", "Test-User", "ann");

        assertThat(first.body()).startsWith("acme ");
        assertThat(second.body()).isEqualTo(first.body().replaceFirst("acme", "none, no_source"));
    }

    @Test
    void always_answers_by_itself_outside_the_ignored_paths() {
        server.close();
        server = serve(ResolutionConfig.DEFAULTS.withRoutes(
                RouteConfig.DEFAULTS.withRequire(RequireMode.ALWAYS).withIgnorePaths("/thread")));

        assertThat(server.get("/tenant", "Test-User", "ann").statusCode()).isEqualTo(403);
        assertThat(server.get("/thread", "Test-User", "ann").statusCode()).isEqualTo(200);
    }

    private TomcatServer serve(ResolutionConfig config) {
        var filter =
                new TenantContextFilter(tenants.admission(config), config.routes(), Tenants::caller, request -> false);
        return new TomcatServer("")
                .filter(filter, DispatcherType.values())
                .route("/tenant", (request, response) -> response.getWriter().print(Tenants.current(request)))
                .route("/thread", TenantContextFilterTest::thread)
                .start();
    }

    private static void thread(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter()
                .print(Tenants.current(request) + " " + Thread.currentThread().getName());
    }
}
