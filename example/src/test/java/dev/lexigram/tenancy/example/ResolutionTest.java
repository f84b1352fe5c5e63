package dev.lexigram.tenancy.example;

import static com.jayway.jsonpath.JsonPath.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.TestTenants;
import dev.lexigram.tenancy.acceptance.Tokens;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The four ways to say which tenant a request is for, and what happens when they do not help. */
@InvoicingTest
class ResolutionTest {

    @Autowired
    private TenantProvider tenants;

    private Api api;
    private Api alice;
    private Api carol;
    private Api dave;

    @BeforeEach
    void carol_is_a_member_of_both_tenants_and_dave_of_none(@LocalServerPort int port) {
        api = Api.on(port);
        alice = api.as(Tokens.of("alice", "acme"));
        carol = api.as(Tokens.of("carol"));
        dave = api.as(Tokens.of("dave"));
        alice.post("/customers", Bodies.customer("Ada's Books"));
        api.as(Tokens.of("bob", "globex")).post("/customers", Bodies.customer("Initech"));
    }

    @Test
    void a_tenant_is_found_by_token_header_subdomain_and_path() {
        assertThat(List.of(
                        alice.get("/customers"),
                        carol.header("X-Tenant-ID", "acme").get("/customers"),
                        carol.header("Host", "acme.invoicing.localhost").get("/customers"),
                        carol.get("/tenants/acme/customers")))
                .allSatisfy(ResolutionTest::is_of_acme);
        assertThat(List.of(
                        carol.header("X-Tenant-ID", "globex").get("/customers"),
                        carol.header("Host", "globex.invoicing.localhost:8080").get("/customers"),
                        carol.get("/tenants/globex/customers")))
                .allSatisfy(ResolutionTest::is_of_globex);
    }

    @Test
    void sources_that_agree_are_one_answer() {
        is_of_acme(alice.header("X-Tenant-ID", "acme")
                .header("Host", "acme.invoicing.localhost")
                .get("/tenants/acme/customers"));
    }

    @Test
    void a_source_that_contradicts_the_token_is_refused() {
        assertThat(List.of(
                        alice.header("X-Tenant-ID", "globex").get("/customers"),
                        alice.header("Host", "globex.invoicing.localhost").get("/customers"),
                        alice.get("/tenants/globex/customers")))
                .allSatisfy(answer -> is_refused(answer, 403, "LEX_ERR_TENANT_012"));
    }

    @Test
    void no_source_at_all_is_refused() {
        is_refused(carol.get("/customers"), 403, "LEX_ERR_TENANT_010");
    }

    @Test
    void two_headers_are_refused() {
        var answer = carol.header("X-Tenant-ID", "acme")
                .header("X-Tenant-ID", "acme")
                .get("/customers");

        is_refused(answer, 400, "LEX_ERR_TENANT_005");
    }

    @Test
    void a_tenant_that_is_not_yours_is_answered_like_one_that_does_not_exist() {
        var foreign = dave.header("X-Tenant-ID", "acme").get("/customers");
        var unknown = dave.header("X-Tenant-ID", "no-such").get("/customers");

        is_refused(foreign, 403, "LEX_ERR_TENANT_012");
        assertThat(foreign.body()).isEqualTo(unknown.body());
    }

    @Test
    void a_suspended_tenant_is_turned_away_at_once_and_served_again_when_active() {
        var umbrella = TestTenants.create(tenants, "umbrella", "Umbrella Ltd.");
        var erin = api.as(Tokens.of("erin", "umbrella"));
        assertThat(erin.get("/customers").statusCode()).isEqualTo(200);

        tenants.suspendTenant(umbrella.id(), "unpaid");
        is_refused(erin.get("/customers"), 403, "LEX_ERR_TENANT_008");
        is_refused(dave.header("X-Tenant-ID", "umbrella").get("/customers"), 403, "LEX_ERR_TENANT_012");

        tenants.activateTenant(umbrella.id());
        assertThat(erin.get("/customers").statusCode()).isEqualTo(200);
    }

    private static void is_of_acme(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("Ada's Books").doesNotContain("Initech");
    }

    private static void is_of_globex(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("Initech").doesNotContain("Ada's Books");
    }

    private static void is_refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat((String) read(answer.body(), "$.code")).isEqualTo(code);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }
}
