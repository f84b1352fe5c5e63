package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.spring.app.Work;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real tokens, real HTTP, a real database. One worker thread serves all requests. */
@TenancyTest
class TenantsOverHttpTest {

    private static Service service;

    @BeforeAll
    static void start(TestDatabase database) {
        Notes.createTable(database);
        service = Service.start(
                NotesApplication.class,
                Service.on(
                        database,
                        "server.tomcat.threads.max=1",
                        "server.tomcat.threads.min-spare=1",
                        "tenancy.resolution.ignore-paths=/naive"));
        Notes.createTenants(service);
        service.post("/notes", Tokens.of("ann", "acme"), "of acme");
        service.post("/notes", Tokens.of("bob", "globex"), "of globex");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void each_tenant_sees_its_own_rows_through_sql_that_names_no_tenant() {
        assertThat(service.get("/notes", Tokens.of("ann", "acme")).body()).isEqualTo("[\"of acme\"]");
        assertThat(service.get("/notes", Tokens.of("bob", "globex")).body()).isEqualTo("[\"of globex\"]");
        assertThat(service.get("/notes", Tokens.of("ann"), "X-Tenant-ID", "acme")
                        .body())
                .isEqualTo("[\"of acme\"]");
    }

    @Test
    void RS_01_a_header_that_contradicts_the_token_is_refused() {
        var answer = service.get("/notes", Tokens.of("ann", "acme"), "X-Tenant-ID", "globex");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("LEX_ERR_TENANT_012").doesNotContain("acme", "globex");
        assertThat(service.get("/naive", Tokens.of("ann", "acme"), "X-Tenant-ID", "globex")
                        .body())
                .isEqualTo("globex");
    }

    @Test
    void RS_02_a_header_without_a_token_binds_nothing() {
        assertThat(service.get("/open", "", "X-Tenant-ID", "acme").body()).isEqualTo("none");
        assertThat(service.get("/notes", "", "X-Tenant-ID", "acme").statusCode())
                .isEqualTo(403);
        assertThat(service.get("/naive", "", "X-Tenant-ID", "acme").body()).isEqualTo("acme");
    }

    @Test
    void RS_03_two_values_of_the_header_are_a_bad_request_on_every_route() {
        for (var route : List.of("/notes", "/open")) {
            var twice = service.get(route, Tokens.of("ann"), "X-Tenant-ID", "acme", "X-TENANT-ID", "acme");
            assertThat(twice.statusCode()).isEqualTo(400);
            assertThat(twice.body()).contains("LEX_ERR_TENANT_005");
            assertThat(service.get(route, Tokens.of("ann"), "X-Tenant-ID", "acme, globex")
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(service.get("/naive", "", "X-Tenant-ID", "acme", "X-TENANT-ID", "globex")
                        .body())
                .isEqualTo("acme");
    }

    @Test
    void RS_15_the_next_request_on_the_same_thread_does_not_see_the_tenant_of_the_one_before() {
        var first = service.get("/open/thread", Tokens.of("ann", "acme"));
        var second = service.get("/open/thread", Tokens.of("ann"));

        assertThat(first.body()).startsWith("acme ");
        assertThat(second.body()).isEqualTo(first.body().replaceFirst("acme", "none"));
        service.get("/naive/remember", "", "X-Tenant-ID", "acme");
        assertThat(service.get("/naive/remember", "").body()).isEqualTo("acme"); // what a static set and get does
    }

    @Test
    void AZ_01_all_who_may_not_act_get_the_same_bytes() {
        var unknown = raw("/notes", Tokens.of("ann"), "nosuch");
        var unknownByToken = raw("/notes", Tokens.of("ann", "nosuch"), "nosuch");
        var notMember = raw("/notes", Tokens.of("ann"), "globex");
        var suspendedForStranger = raw("/notes", Tokens.of("bob"), "sleepy");
        var conflict = raw("/notes", Tokens.of("ann", "acme"), "globex");
        var otherRequired = raw("/globex-only", Tokens.of("ann"), "acme");

        assertThat(unknown).startsWith("HTTP/1.1 403").contains("LEX_ERR_TENANT_012");
        assertThat(List.of(unknownByToken, notMember, suspendedForStranger, conflict, otherRequired))
                .containsOnly(unknown);
        assertThat(raw("/notes", Tokens.of("ann"), "sleepy")).isNotEqualTo(unknown); // a member does learn it
    }

    @Test
    void a_guarded_route_passes_an_active_tenant_and_refuses_none_inactive_and_suspended() {
        assertThat(service.get("/marked", Tokens.of("ann", "acme")).body()).isEqualTo("acme");
        assertRefused(service.get("/marked", Tokens.of("ann")), "LEX_ERR_TENANT_010");
        assertRefused(service.get("/marked", Tokens.of("ann", "gone")), "LEX_ERR_TENANT_003");
        assertRefused(service.get("/marked", Tokens.of("ann", "sleepy")), "LEX_ERR_TENANT_008");
        assertThat(service.get("/open", Tokens.of("ann")).body()).isEqualTo("none");
        assertThat(service.get("/open", Tokens.of("ann", "gone")).body()).isEqualTo("none");
    }

    @Test
    void a_route_for_one_tenant_passes_no_other() {
        assertThat(service.get("/globex-only", Tokens.of("bob", "globex")).body())
                .isEqualTo("globex it is");
        assertRefused(service.get("/globex-only", Tokens.of("ann", "acme")), "LEX_ERR_TENANT_012");
    }

    @Test
    void whoever_binds_another_tenant_on_the_way_does_not_pass_the_guard() {
        assertThat(service.get("/open", Tokens.of("ann", "acme"), "Test-Impostor", "globex")
                        .body())
                .isEqualTo("globex");
        assertRefused(
                service.get("/marked", Tokens.of("ann", "acme"), "Test-Impostor", "globex"), "LEX_ERR_TENANT_012");
        assertRefused(service.get("/marked", Tokens.of("ann"), "Test-Impostor", "globex"), "LEX_ERR_TENANT_010");
    }

    @Test
    void a_guarded_bean_refuses_like_a_guarded_route() {
        assertThat(service.get("/open/work", Tokens.of("ann", "acme")).body()).isEqualTo("acme");
        assertRefused(service.get("/open/work", Tokens.of("ann")), "LEX_ERR_TENANT_010");
        assertRefused(service.get("/open/work", Tokens.of("ann", "sleepy")), "LEX_ERR_TENANT_008");
        assertRefused(service.get("/open/work", Tokens.of("ann"), "X-Tenant-ID", "globex"), "LEX_ERR_TENANT_012");
    }

    @Test
    void what_needs_no_tenant_runs_with_none_bound() {
        assertThat(service.get("/public", Tokens.of("ann", "acme")).body()).isEqualTo("none");
        assertThat(service.get("/open", Tokens.of("ann", "acme")).body()).isEqualTo("acme");
        assertThat(service.get("/open/work-without", Tokens.of("ann", "acme")).body())
                .isEqualTo("acme none acme");
    }

    @Test
    void what_the_database_refuses_unbound_is_a_403_whatever_advice_the_application_has() {
        assertRefused(service.get("/open/notes", Tokens.of("ann")), "LEX_ERR_TENANT_010");
        assertRefused(service.get("/open/forgotten", Tokens.of("ann")), "LEX_ERR_TENANT_010");
        assertThat(service.get("/open/broken", Tokens.of("ann", "acme")).body()).isEqualTo("failed, acme");
    }

    @Test
    void CX_05_asynchronous_work_keeps_the_tenant_after_its_request_has_ended() throws InterruptedException {
        Work.begin = new CountDownLatch(1);
        service.get("/open/later", Tokens.of("ann", "acme"));
        service.get("/open/later", Tokens.of("ann"));
        Work.begin.countDown();

        var seen = List.of(later(), later());

        assertThat(seen).containsExactlyInAnyOrder("acme", "none");
        assertThat(service.get("/open/plain-thread", Tokens.of("ann", "acme")).body())
                .isEqualTo("none"); // nothing is inherited
    }

    @Test
    void an_asynchronous_request_keeps_the_tenant() {
        var callable = service.get("/open/callable", Tokens.of("ann", "acme")).body();

        assertThat(callable).startsWith("acme ");
        assertThat(callable).doesNotContain("exec"); // on another thread than the request's
    }

    private static String later() throws InterruptedException {
        return String.valueOf(Work.SEEN.poll(30, TimeUnit.SECONDS));
    }

    private static void assertRefused(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains(code);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    /** The whole answer, but for the time. */
    private static String raw(String path, String token, String tenant) {
        return service.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                        + token + "\r\nX-Tenant-ID: " + tenant + "\r\n\r\n")
                .replaceFirst("Date: [^\r]+", "Date: now");
    }
}
