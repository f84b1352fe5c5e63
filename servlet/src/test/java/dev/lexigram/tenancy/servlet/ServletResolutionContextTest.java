package dev.lexigram.tenancy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What resolvers see of a request that a real container has parsed. */
class ServletResolutionContextTest {

    private static TomcatServer server;

    @BeforeAll
    static void start() {
        server = new TomcatServer("/shop")
                .route(
                        "/path/*",
                        (request, response) ->
                                response.getWriter().print(context(request).rawPath()))
                .route(
                        "/query",
                        (request, response) ->
                                response.getWriter().print(context(request).queryParams("tenant_id")))
                .route(
                        "/form",
                        (request, response) -> response.getWriter()
                                .print(context(request).queryParams("tenant_id") + " "
                                        + request.getReader().readLine()))
                .route(
                        "/form-as-parameters",
                        (request, response) -> response.getWriter()
                                .print(request.getParameter("tenant_id") + " "
                                        + request.getReader().readLine()))
                .route(
                        "/headers",
                        (request, response) ->
                                response.getWriter().print(context(request).headers("x-TENANT-id")))
                .route(
                        "/host",
                        (request, response) -> response.getWriter()
                                .print(context(request).host().orElse("none")))
                .route("/caller", (request, response) -> response.getWriter().print(askTwice(request)))
                .route(
                        "/peer",
                        (request, response) -> response.getWriter()
                                .print(context(request).method() + " "
                                        + context(request).peer().orElse("none")))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/path/acme, /path/acme",
        "/shop/path/%61cme, /path/%61cme",
        "/shop/path/acme;tenant=globex, /path/acme;tenant=globex",
        "/shop//path//acme, //path//acme",
        "/shop/path/./x/../acme, /path/./x/../acme",
        "/%73hop/path/acme, /path/acme",
        "http://localhost/shop/path/acme, /path/acme",
    })
    void the_path_is_as_sent_without_the_context_path(String sent, String seen) {
        assertThat(raw("GET " + sent + " HTTP/1.1\r\nHost: localhost\r\n")).endsWith("\r\n\r\n" + seen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tenant_id=acme | [acme]",
                "a=1&tenant_id=acme&tenant_id=globex&b | [acme, globex]",
                "tenant_id | []",
                "tenant_id= | []",
                "tenant_id=%61cme | [%61cme]",
                "tenant_id=a=b | [a=b]",
                "%74enant_id=acme | []",
                "xtenant_id=acme&tenant_ids=acme&& | []",
            })
    void query_parameters_are_as_sent(String query, String seen) {
        assertThat(server.get("/shop/query?" + query).body()).isEqualTo(seen);
    }

    @Test
    void the_body_of_a_form_is_neither_believed_nor_consumed() {
        assertThat(form("/shop/form?tenant_id=acme")).isEqualTo("[acme] tenant_id=globex");
        assertThat(form("/shop/form")).isEqualTo("[] tenant_id=globex");
        assertThat(form("/shop/form-as-parameters")).isEqualTo("globex null");
    }

    @Test
    void a_header_is_found_in_any_case_with_all_its_values() {
        assertThat(server.get("/shop/headers", "X-Tenant-Id", "acme", "x-tenant-id", "globex", "X_Tenant_ID", "other")
                        .body())
                .isEqualTo("[acme, globex]");
    }

    @Test
    void the_host_is_the_header_and_never_the_name_of_the_server() {
        assertThat(raw("GET /shop/host HTTP/1.1\r\nHost: acme.app.test:8080\r\n"))
                .endsWith("acme.app.test:8080");
        assertThat(raw("GET /shop/host HTTP/1.0\r\n")).endsWith("none");
        assertThat(raw("GET /shop/host HTTP/1.1\r\nHost: acme.app.test\r\nHost: globex.app.test\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void the_peer_is_the_other_end_of_the_connection() {
        assertThat(server.get("/shop/peer", "X-Forwarded-For", "10.0.0.1").body())
                .isEqualTo("GET 127.0.0.1");
    }

    @Test
    void the_caller_is_asked_for_once() {
        assertThat(server.get("/shop/caller").body()).isEqualTo("ann 1");
    }

    private static ServletResolutionContext context(HttpServletRequest request) {
        return new ServletResolutionContext(request, any -> Optional.empty());
    }

    private static String askTwice(HttpServletRequest request) {
        var asked = new AtomicInteger();
        var context = new ServletResolutionContext(request, any -> {
            asked.incrementAndGet();
            return Optional.of(TenantPrincipal.of("ann"));
        });
        context.principal();
        return context.principal().orElseThrow().name() + " " + asked.get();
    }

    private static String raw(String request) {
        return server.raw(request + "Connection: close\r\n\r\n");
    }

    private static String form(String path) {
        return server.send(HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("tenant_id=globex"))
                        .build())
                .body();
    }
}
