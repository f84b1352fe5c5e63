package dev.lexigram.tenancy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.resolution.RequireMode;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What else a container does for one request: error pages, asynchronous work, forwards. */
class DispatchesTest {

    private static final ResolutionConfig UNCACHED = ResolutionConfig.DEFAULTS.withCache(
            ResolutionConfig.DEFAULTS.cache().withTtl(Duration.ZERO));

    private final Tenants tenants = new Tenants();
    private TomcatServer server = serve(filter(UNCACHED), DispatcherType.values());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void CX_13_an_error_page_runs_as_the_tenant_of_the_request() {
        assertThat(acme("/fails")).isEqualTo("page of acme");

        server.close();
        server = serve(filter(UNCACHED), DispatcherType.REQUEST);
        assertThat(acme("/fails")).isEqualTo("page of none");
    }

    @Test
    void an_error_page_runs_as_none_once_the_tenant_is_suspended() {
        assertThat(acme("/suspends")).isEqualTo("page of none, suspended");
    }

    @Test
    void an_error_before_the_filter_has_a_page_even_where_every_route_needs_a_tenant() {
        server.close();
        Filter login =
                (request, response, chain) -> ((jakarta.servlet.http.HttpServletResponse) response).sendError(401);
        server = application()
                .filter(login, DispatcherType.REQUEST)
                .filter(filter(UNCACHED.withRequire(RequireMode.ALWAYS)), DispatcherType.values())
                .start();

        var answer = server.get("/tenant");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("page of none");
    }

    @Test
    void CX_13_a_dispatch_from_another_thread_runs_as_the_tenant_of_the_request() {
        assertThat(acme("/async")).isEqualTo("acme");

        server.close();
        server = serve(filter(UNCACHED), DispatcherType.REQUEST);
        assertThat(acme("/async")).isEqualTo("none");
    }

    @Test
    void an_asynchronous_request_runs_as_none_once_the_tenant_is_suspended() {
        assertThat(acme("/async?suspend")).isEqualTo("none, suspended");
    }

    @Test
    void a_forward_stays_within_the_tenant() {
        assertThat(acme("/forward")).isEqualTo("acme");
    }

    @Test
    void RS_15_a_thread_that_somebody_has_left_bound_serves_the_next_request_as_its_own() {
        server.close();
        Filter leaky = (request, response, chain) -> {
            TenantContext.enter(tenants.store.findById(TenantId.of("globex")).orElseThrow());
            chain.doFilter(request, response);
        };
        var log = new LogFile();
        server = application()
                .filter(leaky, DispatcherType.REQUEST)
                .filter(new ExceptPath("/naive", filter(UNCACHED)), DispatcherType.values())
                .start();

        assertThat(acme("/tenant")).isEqualTo("acme");
        assertThat(server.get("/tenant").body()).isEqualTo("none, no_source");
        assertThat(server.get("/naive").body()).isEqualTo("globex");
        assertThat(log.lines())
                .filteredOn(line -> line.contains("left a TenantScope open"))
                .hasSize(1);
    }

    private String acme(String path) {
        return server.get(path, "Test-User", "ann", "X-Tenant-ID", "acme").body();
    }

    private TenantContextFilter filter(ResolutionConfig config) {
        return new TenantContextFilter(tenants.admission(config), config.routes(), Tenants::caller, request -> false);
    }

    private TomcatServer serve(Filter filter, DispatcherType... dispatchers) {
        return application().filter(filter, dispatchers).start();
    }

    private TomcatServer application() {
        TomcatServer.Handler tenant =
                (request, response) -> response.getWriter().print(Tenants.current(request));
        return new TomcatServer("")
                .errorPage("/page")
                .route(
                        "/page",
                        (request, response) -> response.getWriter().print("page of " + Tenants.current(request)))
                .route("/tenant", tenant)
                .route("/naive", tenant)
                .route("/fails", (request, response) -> response.sendError(500))
                .route("/suspends", (request, response) -> {
                    tenants.change("acme", TenantStatus.SUSPENDED);
                    response.sendError(500);
                })
                .route("/async", (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.ASYNC) {
                        tenant.handle(request, response);
                        return;
                    }
                    if (request.getQueryString() != null) {
                        tenants.change("acme", TenantStatus.SUSPENDED);
                    }
                    dispatchFromAnotherThread(request.startAsync());
                })
                .route(
                        "/forward",
                        (request, response) ->
                                request.getRequestDispatcher("/tenant").forward(request, response));
    }

    private static void dispatchFromAnotherThread(AsyncContext async) {
        var dispatched = new CountDownLatch(1);
        new Thread(() -> {
                    async.dispatch();
                    dispatched.countDown();
                })
                .start();
        try {
            assertThat(dispatched.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
