package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.spring.shop.ShopApplication;
import dev.lexigram.tenancy.spring.shop.ShopTables;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import jakarta.servlet.DispatcherType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request goes on: other threads, other dispatches, after its transaction. One thread of each kind serves all. */
@TenancyTest
class HopsOverHttpTest {

    private static final String ANN = Tokens.of("ann", "acme");
    private static final String BOB = Tokens.of("bob", "globex");

    private static ShopTables tables;
    private static TestDatabase database;
    private static Service service;

    @BeforeAll
    static void start(TestDatabase testDatabase) {
        database = testDatabase;
        Notes.createTable(database);
        tables = ShopTables.create(database);
        service = serve();
        Notes.createTenants(service);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        tables.close();
    }

    @BeforeEach
    void refill() {
        tables.refill();
        witness().dispatches().clear();
        witness().dirty().clear();
    }

    @AfterEach
    void every_thread_is_clean_before_and_after_every_dispatch() {
        assertThat(witness().dispatches()).isNotEmpty();
        assertThat(witness().dirty()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "now, acme[acme-product], globex[globex-product], none TenantRequiredException",
        "callable, acme[acme-product], globex[globex-product], none TenantRequiredException",
        "task, acme[acme-product], globex[globex-product], none TenantRequiredException",
        "stream, acme[acme-product], globex[globex-product], none TenantRequiredException",
        "forward, acme[acme-product], globex[globex-product], none TenantRequiredException",
        "error, page of acme[acme-product], page of globex[globex-product], page of none TenantRequiredException",
        "callable-fails, 'failed, acme', 'failed, globex', 'failed, none'",
        "deferred-fails, 'failed, acme', 'failed, globex', 'failed, none'",
        "include, acme[acme-product] after acme[acme-product], globex[globex-product] after globex[globex-product],"
                + " none TenantRequiredException after none TenantRequiredException"
    })
    void CX_13_each_dispatch_and_each_thread_of_a_request_has_its_tenant(
            String hop, String ofAnn, String ofBob, String ofNobody) {
        for (var turn = 0; turn < 2; turn++) {
            assertThat(service.get("/hops/" + hop, ANN).body()).isEqualTo(ofAnn);
            assertThat(service.get("/hops/" + hop, Tokens.of("ann")).body()).isEqualTo(ofNobody);
            assertThat(service.get("/hops/" + hop, BOB).body()).isEqualTo(ofBob);
        }
    }

    @Test
    void CX_13_what_a_thread_without_a_tenant_completes_is_written_as_the_tenant_of_the_request() {
        assertThat(service.get("/hops/deferred", ANN).body()).contains("acme[acme-product]");
        assertThat(service.get("/hops/deferred", BOB).body()).contains("globex[globex-product]");
        assertThat(service.get("/hops/deferred", Tokens.of("ann")).body()).contains("none TenantRequiredException");
        assertThat(witness().dispatches()).contains(DispatcherType.ASYNC);
    }

    @Test
    void CX_13_a_callback_of_the_container_has_no_tenant_and_no_rows() {
        assertThat(service.get("/hops/timeout", ANN).body()).isEqualTo("none TenantRequiredException");
        assertThat(service.get("/hops/timeout", BOB).body()).isEqualTo("none TenantRequiredException");
    }

    @Test
    void CX_13_events_are_sent_as_the_tenant_of_a_wrapped_task_and_of_no_other() {
        assertThat(service.get("/hops/sse", ANN).body())
                .contains("data:plain none TenantRequiredException", "data:wrapped acme[acme-product]")
                .doesNotContain("globex");
    }

    @Test
    void what_is_loaded_when_the_answer_is_written_is_the_tenants_own() {
        for (var turn = 0; turn < 6; turn++) {
            assertThat(service.get("/hops/lazy", ANN).body())
                    .contains("acme-line")
                    .doesNotContain("globex");
            assertThat(service.get("/hops/lazy", BOB).body())
                    .contains("globex-line")
                    .doesNotContain("acme");
        }
    }

    @Test
    void without_a_session_for_the_whole_request_nothing_is_loaded_late() {
        try (var closed = serve("spring.jpa.open-in-view=false")) {
            assertThat(closed.get("/hops/lazy", ANN).body()).doesNotContain("line");
            assertThat(closed.get("/hops/now", ANN).body()).isEqualTo("acme[acme-product]");
            assertThat(closed.get("/hops/now", BOB).body()).isEqualTo("globex[globex-product]");
        }
        service.get("/hops/now", ANN);
    }

    @Test
    void CX_15_the_log_tells_the_tenant_that_was_admitted_whatever_a_client_says() {
        for (var believed : List.of("globex", "acme", "nonsense")) {
            assertThat(service.get(
                                    "/hops/mdc",
                                    ANN,
                                    "Test-Mdc",
                                    believed,
                                    "baggage",
                                    "tenantId=globex,tenant_id=globex")
                            .body())
                    .isEqualTo("acme Optional[acme]");
            assertThat(service.get(
                                    "/hops/mdc",
                                    Tokens.of("ann"),
                                    "Test-Mdc",
                                    believed,
                                    "baggage",
                                    "tenantId=acme,tenant_id=acme",
                                    "tracestate",
                                    "tenantId=acme")
                            .body())
                    .isEqualTo("null Optional.empty");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/batch/jpa", "/batch/jdbc"})
    void AZ_07_a_list_with_one_foreign_id_is_refused_as_one_with_a_random_id_and_changes_nothing(String batch) {
        var before = tables.contents();

        var foreign = service.post(batch, ANN, "1,2");
        var random = service.post(batch, ANN, "1,777");

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(random.body());
        assertThat(random.statusCode()).isEqualTo(404);
        assertThat(tables.contents()).isEqualTo(before);

        assertThat(service.post(batch, ANN, "1").body()).isEqualTo("done");
        assertThat(tables.contents().own()).contains("renamed");
        tables.refill();
        service.post("/batch/any", ANN, "1,2"); // 'any of' changes its own part
        assertThat(tables.contents().own()).contains("renamed");
        tables.protect(false);
        assertThat(service.post(batch, ANN, "1,2").body()).isEqualTo("done");
        assertThat(tables.contents().foreign()).contains("renamed");
        tables.protect(true);
    }

    private static ThreadWitness witness() {
        return service.bean(ThreadWitness.class);
    }

    private static Service serve(String... more) {
        var application = new Class<?>[] {NotesApplication.class, ShopApplication.class, ThreadWitness.class};
        var properties = new ArrayList<>(List.of(Service.on(
                database,
                PartsOf.DATA,
                ShopTables.declared() + ",note",
                "server.tomcat.threads.max=1",
                "server.tomcat.threads.min-spare=1",
                "spring.task.execution.pool.core-size=1",
                "spring.task.execution.pool.max-size=1")));
        properties.addAll(List.of(more));
        return Service.start(application, properties.toArray(String[]::new));
    }
}
