package dev.lexigram.tenancy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.resolution.ResolutionConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cache between clients and server, which sees the same path for every tenant. */
class SharedCacheTest {

    private static final String[] ACME = {"Test-User", "ann", "X-Tenant-ID", "acme"};
    private static final String[] GLOBEX = {"Test-User", "bob", "Test-Claim", "globex"};

    private final Tenants tenants = new Tenants();
    private TomcatServer server;
    private SharedCache cache;

    @BeforeEach
    void start() {
        serve(new TenantContextFilter(
                tenants.admission(ResolutionConfig.DEFAULTS),
                ResolutionConfig.DEFAULTS.routes(),
                Tenants::caller,
                request -> false));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"/silent", "/public", "/cdn", "/late", "/reset"})
    void CA_11_never_gives_one_tenants_answer_to_another_or_to_nobody(String path) {
        assertThat(cache.get(path, ACME)).isEqualTo("acme");
        assertThat(cache.get(path, GLOBEX)).isEqualTo("globex");
        assertThat(cache.get(path, "Test-User", "bob", "X-Tenant-ID", "acme")).startsWith("none");
        assertThat(cache.get(path)).startsWith("none");
    }

    @Test
    void CA_11_control_without_the_filters_headers_it_does() {
        stop();
        serve((request, response, chain) -> {
            var header = ((HttpServletRequest) request).getHeader("X-Tenant-ID");
            response.getWriter().print(header == null ? "none" : header);
        });

        assertThat(cache.get("/silent", ACME)).isEqualTo("acme");
        assertThat(cache.get("/silent", GLOBEX)).isEqualTo("acme");
        assertThat(cache.get("/silent")).isEqualTo("acme");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/silent  | no-store",
                "/public  | private, max-age=60",
                "/private | private, max-age=60",
                "/partly  | private, max-age=60",
                "/nostore | no-store",
                "/late    | private, max-age=60",
                "/reset   | no-store"
            })
    void what_the_application_says_of_caching_stays_but_for_what_opens_it(String path, String said) {
        assertThat(server.get(path, ACME).headers().allValues("Cache-Control")).containsExactly(said);
    }

    @ParameterizedTest
    @CsvSource({"/vary", "/reset", "/silent"})
    void an_answer_says_on_which_headers_it_depends_whatever_the_application_does(String path) {
        assertThat(server.get(path, ACME).headers().allValues("Vary")).contains("authorization", "x-tenant-id");
    }

    @Test
    void caches_of_a_network_are_told_not_to_keep_it() {
        assertThat(server.get("/cdn", ACME).headers().firstValue("CDN-Cache-Control"))
                .hasValue("no-store");
        assertThat(server.get("/cdn").headers().firstValue("CDN-Cache-Control")).hasValue("max-age=60");
    }

    @Test
    void an_answer_to_nobody_can_be_kept_but_not_for_those_who_name_a_tenant() {
        assertThat(server.get("/public").headers().allValues("Cache-Control"))
                .containsExactly("public, max-age=60, s-maxage=600");
        assertThat(server.get("/public").headers().allValues("Vary")).containsExactly("authorization", "x-tenant-id");
        assertThat(cache.get("/public")).startsWith("none");
        assertThat(cache.get("/public", ACME)).isEqualTo("acme");
    }

    @Test
    void the_application_does_not_see_what_it_has_not_said() {
        assertThat(server.get("/look", ACME).body()).isEqualTo("false null [] []");
    }

    private void serve(Filter filter) {
        server = new TomcatServer("").filter(filter, DispatcherType.values());
        for (var path :
                List.of("silent", "public", "private", "partly", "nostore", "cdn", "late", "reset", "look", "vary")) {
            server.route("/" + path, SharedCacheTest::answer);
        }
        server.start();
        cache = new SharedCache(server);
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/public" -> response.setHeader("Cache-Control", "public, max-age=60, s-maxage=600");
            case "/private" -> response.addHeader("cache-control", "private, max-age=60");
            case "/partly" -> response.setHeader("Cache-Control", "private=\"Set-Cookie, X-A\", max-age=60");
            case "/vary" -> response.setHeader("Vary", "Accept");
            case "/nostore" -> response.setHeader("Cache-Control", "no-store");
            case "/cdn" -> response.setHeader("CDN-Cache-Control", "max-age=60");
            case "/late" -> response.addHeader("Cache-Control", "max-age=60");
            case "/reset" -> {
                response.setHeader("Cache-Control", "public");
                response.reset();
            }
            default -> {}
        }
        if (request.getServletPath().equals("/look")) {
            var names = response.getHeaderNames().stream()
                    .filter(name -> name.equalsIgnoreCase("Cache-Control"))
                    .toList();
            response.getWriter()
                    .print(response.containsHeader("Cache-Control") + " " + response.getHeader("Cache-Control") + " "
                            + response.getHeaders("Cache-Control") + " " + names);
        } else {
            response.getWriter().print(Tenants.current(request));
        }
    }
}
