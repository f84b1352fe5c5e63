package dev.lexigram.tenancy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.enforcement.LogBudget;
import dev.lexigram.tenancy.resolution.RequireMode;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusalLogTest {

    private static final TenantRequiredException FAILURE = TenantRequiredException.of("This test");

    private static TomcatServer server;

    @BeforeAll
    static void start() {
        var config = ResolutionConfig.DEFAULTS.withRequire(RequireMode.ALWAYS).withSubdomainPattern("app.test");
        var filter = new TenantContextFilter(
                new Tenants().admission(config), config.routes(), Tenants::caller, any -> false);
        server = new TomcatServer("")
                .filter(filter, DispatcherType.values())
                .route("/", (request, response) -> response.getWriter().print("served"))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void ID_13_nothing_that_the_client_chose_comes_back_or_stands_raw_in_the_log() {
        var hostile = "a\u00e9%0d%0aSet-Cookie:%20x=1";
        var log = new LogFile();

        var byHeader = server.raw(
                "GET /x HTTP/1.1\r\nHost: app.test\r\nConnection: close\r\nX-Tenant-ID: " + hostile + "\r\n\r\n");
        var byHost = server.raw("GET /x HTTP/1.0\r\nHost: " + "acme_%1b.app.test" + "\r\n\r\n");
        var byPath = server.raw(
                "GET /tenants/a%0d%0aSet-Cookie:x%1b[2J HTTP/1.1\r\nHost: app.test\r\n" + "Connection: close\r\n\r\n");

        for (var answer : new String[] {byHeader, byHost, byPath}) {
            assertThat(answer).startsWith("HTTP/1.1 4").doesNotContainIgnoringCase("set-cookie");
        }
        assertThat(log.written()).doesNotContain("\u00e9", "\u001b", "\rSet");
        assertThat(log.lines()).allSatisfy(line -> assertThat(line).doesNotStartWith("Set-Cookie"));
    }

    @Test
    void RX_05_a_refusal_is_one_line_of_printable_ascii_however_long_and_strange_the_path() {
        var log = new LogFile();
        var path = "/\r\nINFO forged\u001b[2J\u0085\u202e\\" + "x".repeat(100_000);

        new RefusalLog(LoggerFactory.getLogger("test"), new LogBudget())
                .refused(request("GET\n", path), Problem.of(FAILURE), "why\n", "id", FAILURE);

        assertThat(log.lines())
                .hasSize(1)
                .first()
                .asString()
                .hasSizeLessThan(500)
                .matches("[ -~]+");
        assertThat(log.written()).contains("/\\u000d\\u000aINFO forged\\u001b[2J");
        new LogFile();
        LoggerFactory.getLogger("test").info("Refused {}", path.substring(0, 20)); // without escaping
        assertThat(log.lines()).hasSizeGreaterThan(2).anyMatch(line -> line.startsWith("INFO forged"));
    }

    @Test
    void RX_05_a_flood_is_counted_and_not_written_and_the_first_of_each_kind_is() {
        var log = new LogFile();
        var clock = new AtomicLong();
        var refusals = new RefusalLog(LoggerFactory.getLogger("test"), new LogBudget(clock::get));

        for (var i = 0; i < 100_000; i++) {
            refusals.refused(request("GET", "/flood"), Problem.of(FAILURE), "no_source", "id", FAILURE);
        }
        refusals.refused(request("GET", "/rare"), new Problem(403, "OTHER", "t", "d"), "rare", "id", FAILURE);
        clock.addAndGet(1_000_000_000L);
        refusals.refused(request("GET", "/later"), Problem.of(FAILURE), "no_source", "id", FAILURE);

        assertThat(log.lines()).filteredOn(line -> line.contains("/flood")).hasSize(100);
        assertThat(log.lines()).filteredOn(line -> line.contains("/rare")).hasSize(1);
        assertThat(log.lines()).anyMatch(line -> line.contains("99900 refusals with LEX_ERR_TENANT_010"));
        assertThat(log.lines()).filteredOn(line -> line.contains("/later")).hasSize(1);
    }

    /** A container that lets everything through. */
    private static HttpServletRequest request(String method, String path) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getRequestURI" -> path;
                    case "getContextPath" -> "";
                    default -> throw new IllegalStateException(called.getName());
                });
    }
}
