package dev.lexigram.tenancy.example;

import static com.jayway.jsonpath.JsonPath.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The first page of the tutorial: two tenants use one service, and neither learns that there is another. */
@InvoicingTest
class TwoTenantsTest {

    private Api nobody;
    private Api alice;
    private Api bob;

    @BeforeEach
    void alice_belongs_to_acme_and_bob_to_globex(@LocalServerPort int port) {
        nobody = Api.on(port);
        alice = nobody.as(Tokens.of("alice", "acme"));
        bob = nobody.as(Tokens.of("bob", "globex"));
    }

    @Test
    void each_tenant_sees_its_own_customers_through_the_same_route() {
        alice.post("/customers", Bodies.customer("Ada's Books"));
        bob.post("/customers", Bodies.customer("Initech"));

        assertThat(names(alice)).contains("Ada's Books").doesNotContain("Initech");
        assertThat(names(bob)).contains("Initech").doesNotContain("Ada's Books");
    }

    @Test
    void a_customer_of_another_tenant_cannot_be_read_changed_deleted_or_invoiced() {
        int initech = read(bob.post("/customers", Bodies.customer("Initech")).body(), "$.id");
        var path = "/customers/" + initech;

        assertThat(alice.get(path).statusCode()).isEqualTo(404);
        assertThat(alice.put(path, Bodies.customer("Stolen")).statusCode()).isEqualTo(404);
        assertThat(alice.delete(path).statusCode()).isEqualTo(404);
        assertThat(alice.post("/invoices", Bodies.invoice(initech)).statusCode())
                .isEqualTo(409);

        assertThat((String) read(bob.get(path).body(), "$.name")).isEqualTo("Initech");
    }

    @Test
    void two_tenants_may_have_a_customer_with_the_same_address() {
        var someone = Bodies.customer("Someone", "someone@customers.example");

        assertThat(alice.post("/customers", someone).statusCode()).isEqualTo(201);
        assertThat(bob.post("/customers", someone).statusCode()).isEqualTo(201);
        assertThat(bob.post("/customers", someone).statusCode()).isEqualTo(409);
    }

    @Test
    void the_price_list_needs_no_tenant_and_no_token() {
        var plans = nobody.get("/plans");

        assertThat(plans.statusCode()).as(plans.body()).isEqualTo(200);
        assertThat((List<String>) read(plans.body(), "$[*].code")).containsExactly("free", "team", "business");
    }

    @Test
    void everything_else_needs_a_token() {
        assertThat(nobody.get("/customers").statusCode()).isEqualTo(401);
        assertThat(nobody.as("not-a-token").get("/customers").statusCode()).isEqualTo(401);
    }

    private static List<String> names(Api user) {
        return read(user.get("/customers").body(), "$[*].name");
    }
}
