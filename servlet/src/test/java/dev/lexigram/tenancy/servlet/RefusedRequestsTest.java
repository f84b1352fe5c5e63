package dev.lexigram.tenancy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.resolution.RequireMode;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.RouteConfig;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantAccessDeniedException;
import jakarta.servlet.DispatcherType;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the filter answers by itself, over real HTTP. */
class RefusedRequestsTest {

    private static final ResolutionConfig ALWAYS = ResolutionConfig.DEFAULTS.withRequire(RequireMode.ALWAYS);

    private final Tenants tenants = new Tenants();
    private TomcatServer server = serve(ResolutionConfig.DEFAULTS);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void RS_01_a_header_that_contradicts_the_token_is_refused() {
        var answer = server.get("/tenant", "Test-User", "ann", "Test-Claim", "acme", "X-Tenant-ID", "globex");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("LEX_ERR_TENANT_012").doesNotContain("acme", "globex");
        assertThat(naive("/naive", "Test-Claim", "acme", "X-Tenant-ID", "globex"))
                .isEqualTo("globex");
    }

    @Test
    void RS_03_two_values_of_the_header_are_answered_with_400() {
        var twice = server.get("/tenant", "Test-User", "ann", "X-Tenant-ID", "acme", "X-Tenant-ID", "globex");
        var equal = server.get("/tenant", "Test-User", "ann", "X-Tenant-ID", "acme", "x-tenant-id", " acme");
        var list = server.get("/tenant", "Test-User", "ann", "X-Tenant-ID", "acme, globex");

        assertThat(List.of(twice, equal, list)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("LEX_ERR_TENANT_005");
        });
        assertThat(naive("/naive", "X-Tenant-ID", "acme", "X-Tenant-ID", "globex"))
                .isEqualTo("acme");
    }

    @Test
    void AZ_01_all_who_may_not_act_get_the_same_bytes() {
        server.close();
        server = serve(ALWAYS);

        var unknown = raw("/tenant", "ann", "X-Tenant-ID: nosuch");
        var notMember = raw("/tenant", "ann", "X-Tenant-ID: globex");
        var deleted = raw("/tenant", "ann", "X-Tenant-ID: gone");
        var suspendedForStranger = raw("/tenant", "bob", "X-Tenant-ID: sleepy");
        var conflict = raw("/tenant", "ann", "Test-Claim: acme\r\nX-Tenant-ID: globex");
        var otherRequired = raw("/other", "ann", "X-Tenant-ID: acme");

        assertThat(unknown).startsWith("HTTP/1.1 403").contains("LEX_ERR_TENANT_012");
        assertThat(new HashSet<>(List.of(unknown, notMember, deleted, suspendedForStranger, conflict, otherRequired)))
                .hasSize(1);
        assertThat(unknown).isNotEqualTo(raw("/tenant", "ann", "X-Tenant-ID: sleepy")); // a member does learn it
    }

    @Test
    void AZ_05_always_denies_a_route_that_nobody_has_marked() {
        server.close();
        server = serve(ALWAYS);

        assertThat(server.get("/tenant", "Test-User", "ann").statusCode()).isEqualTo(403);
        assertThat(server.get("/tenant", "Test-User", "ann").body()).contains("LEX_ERR_TENANT_010");
        assertThat(server.get("/marked", "Test-User", "ann").statusCode()).isEqualTo(200);
        server.close();
        server = serve(ResolutionConfig.DEFAULTS);
        assertThat(server.get("/tenant", "Test-User", "ann").statusCode()).isEqualTo(200);
    }

    @Test
    void AZ_09_a_membership_that_fails_is_answered_with_503() {
        TenantMembership broken = (principal, tenant) -> {
            throw new IllegalStateException("jdbc:postgresql://secret");
        };
        serveAgain(ResolutionConfig.DEFAULTS, tenants.store, broken);

        var answer = server.get("/tenant", "Test-User", "ann", "X-Tenant-ID", "acme");

        assertUnavailable(answer);
        serveAgain(ResolutionConfig.DEFAULTS.withStrictMembership(false), tenants.store, broken);
        assertThat(server.get("/tenant", "Test-User", "ann", "X-Tenant-ID", "acme")
                        .body())
                .isEqualTo("acme");
    }

    @Test
    void a_store_that_fails_is_answered_with_503() {
        serveAgain(ResolutionConfig.DEFAULTS, new BrokenStore(), tenants.members);

        assertUnavailable(server.get("/tenant", "Test-User", "ann", "X-Tenant-ID", "acme"));
        assertUnavailable(server.get("/tenant", "Test-User", "ann", "Test-Claim", "acme"));
        assertThat(server.get("/tenant", "Test-User", "ann").body()).isEqualTo("none, no_source");
    }

    @Test
    void nothing_of_a_broken_store_matters_on_an_ignored_path() {
        serveAgain(
                ResolutionConfig.DEFAULTS.withRoutes(RouteConfig.DEFAULTS.withIgnorePaths("/tenant")),
                new BrokenStore(),
                tenants.members);

        assertThat(server.get("/tenant", "Test-User", "ann", "X-Tenant-ID", "acme")
                        .body())
                .isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//ignored/x", "/x/../ignored", "/ignored;a=b", "/%69gnored", "/IGNORED"})
    void a_path_that_only_looks_ignored_is_not(String path) {
        server.close();
        server = serve(ALWAYS.withRoutes(ALWAYS.routes().withIgnorePaths("/ignored")));

        assertThat(server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(server.get("/ignored").statusCode()).isEqualTo(200);
    }

    @Test
    void a_suspended_tenant_is_told_to_its_members_without_its_reason() {
        server.close();
        server = serve(ALWAYS);

        var answer = server.get("/tenant", "Test-User", "ann", "X-Tenant-ID", "sleepy");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("LEX_ERR_TENANT_008").doesNotContain("sleepy");
    }

    @Test
    void an_answer_is_a_problem_that_nobody_stores() {
        var answer = server.get("/tenant", "X-Tenant-ID", "acme, globex");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.body())
                .matches("\\{\"type\":\"urn:lexigram-tenancy:LEX_ERR_TENANT_005\",\"title\":\"Unusable tenant\","
                        + "\"status\":400,\"detail\":\"[A-Za-z .-]+\",\"code\":\"LEX_ERR_TENANT_005\","
                        + "\"correlationId\":\"[0-9a-f-]{36}\"}");
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("LEX_ERR_TENANT_017").doesNotContain("secret", "acme");
    }

    /** What a service does that believes the header. */
    private String naive(String path, String... headers) {
        return server.get(path, headers).body();
    }

    /** The whole answer, but for the time. */
    private String raw(String path, String user, String header) {
        return server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTest-User: " + user
                        + "\r\n" + header + "\r\n\r\n")
                .replaceFirst("Date: [^\r]+", "Date: now");
    }

    private void serveAgain(ResolutionConfig config, TenantStore store, TenantMembership membership) {
        server.close();
        server = serve(config, store, membership);
    }

    private TomcatServer serve(ResolutionConfig config) {
        return serve(config, tenants.store, tenants.members);
    }

    private static TomcatServer serve(ResolutionConfig config, TenantStore store, TenantMembership membership) {
        var filter = new TenantContextFilter(
                Tenants.admission(config, store, membership),
                config.routes(),
                Tenants::caller,
                request -> request.getServletPath().equals("/marked"));
        var server = new TomcatServer("")
                .route("/naive", (request, response) -> response.getWriter().print(request.getHeader("X-Tenant-ID")));
        Stream.of("/tenant", "/marked", "/ignored/*", "/IGNORED")
                .forEach(path -> server.route(
                        path, (request, response) -> response.getWriter().print(Tenants.current(request))));
        server.route("/other", (request, response) -> {
            throw TenantAccessDeniedException.refused();
        });
        return server.filter(new ExceptPath("/naive", filter), DispatcherType.values())
                .start();
    }
}
