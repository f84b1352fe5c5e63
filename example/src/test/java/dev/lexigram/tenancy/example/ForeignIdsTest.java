package dev.lexigram.tenancy.example;

import static com.jayway.jsonpath.JsonPath.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route of the mapping that takes an id, called by a user of acme with ids of globex. */
@InvoicingTest
class ForeignIdsTest {

    @Autowired
    private RequestMappingHandlerMapping mapping;

    @Autowired
    private TestDatabase database;

    private Api alice;
    private Api bob;
    private int customer;
    private int invoice;

    @BeforeEach
    void globex_has_a_customer_and_an_invoice(@LocalServerPort int port) {
        alice = Api.on(port).as(Tokens.of("alice", "acme"));
        bob = Api.on(port).as(Tokens.of("bob", "globex"));
        customer = read(bob.post("/customers", Bodies.customer("Initech")).body(), "$.id");
        invoice = read(bob.post("/invoices", Bodies.invoice(customer)).body(), "$.id");
    }

    @Test
    void AZ_06_an_id_of_another_tenant_is_answered_like_a_random_one() {
        var routes = routesWithAnId();
        assertThat(routes).extracting(Route::toString).hasSizeGreaterThanOrEqualTo(14);

        for (var route : routes) {
            var foreign = idFor(route);
            var random = ThreadLocalRandom.current().nextInt(1_000_000_000, Integer.MAX_VALUE);
            assertThat(visible(route.call(alice, foreign), foreign))
                    .as(route.toString())
                    .isEqualTo(visible(route.call(alice, random), random));
        }
        assertThat(bob.get("/customers/" + customer).body()).contains("Initech");
        assertThat(bob.get("/invoices/" + invoice).body()).contains("\"paidOn\":null");
    }

    @Test
    void AZ_06_no_list_shows_a_row_of_another_tenant() {
        assertThat(alice.get("/customers").body()).doesNotContain("\"id\":" + customer + ",");
        assertThat(alice.get("/invoices").body()).doesNotContain("\"id\":" + invoice + ",");
    }

    @Test
    void AZ_06_control_without_the_policies_the_same_calls_read_and_change_the_row() {
        database.execute(Role.SUPERUSER, "alter table customer disable row level security");
        try {
            assertThat(alice.get("/customers/" + customer).body()).contains("Initech");
            assertThat(alice.put("/customers/" + customer, Bodies.customer("Stolen"))
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            database.execute(Role.SUPERUSER, "alter table customer enable row level security");
        }
        assertThat(bob.get("/customers/" + customer).body()).contains("Stolen");
        assertThat(alice.get("/customers/" + customer).statusCode()).isEqualTo(404);
    }

    private int idFor(Route route) {
        return route.path().contains("/invoices/{id}") ? invoice : customer;
    }

    private List<Route> routesWithAnId() {
        return mapping.getHandlerMethods().entrySet().stream()
                .filter(mapped -> RoutesTest.isOfTheService(mapped.getValue()))
                .flatMap(mapped -> routes(mapped.getKey()))
                .filter(route ->
                        route.path().contains("{id}") || route.body("?").contains("?"))
                .toList();
    }

    private static Stream<Route> routes(RequestMappingInfo mapped) {
        return mapped.getPatternValues().stream()
                .flatMap(path -> mapped.getMethodsCondition().getMethods().stream()
                        .map(method -> new Route(method.name(), path)));
    }

    /** Status, headers and body, with the id blotted out where it is the client's own echo. */
    private static String visible(HttpResponse<String> answer, int id) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        return (answer.statusCode() + " " + headers + " " + answer.body()).replace("" + id, "ID");
    }

    private record Route(String method, String path) {

        HttpResponse<String> call(Api user, int id) {
            var concrete = path.replace("{tenant}", "acme").replace("{id}", "" + id);
            return user.send(method, concrete, body("" + id));
        }

        /** What the route takes; every route with a body is listed, so that a new one is not passed over. */
        String body(String id) {
            return switch (method + " " + path.replace("/tenants/{tenant}", "")) {
                case "POST /customers", "PUT /customers/{id}" -> Bodies.customer("Stolen");
                case "POST /customers/import" -> "[" + Bodies.customer("Stolen") + "]";
                case "POST /invoices" -> Bodies.invoice(id);
                case "POST /invoices/{id}/payment" -> "";
                default -> {
                    assertThat(method).as("a body for " + path).isNotIn("POST", "PUT", "PATCH");
                    yield "";
                }
            };
        }
    }
}
