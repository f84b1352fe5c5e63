package dev.lexigram.tenancy.example;

import static com.jayway.jsonpath.JsonPath.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@InvoicingTest
class CustomersTest {

    private Api api;

    @BeforeEach
    void as_a_user_of_acme(@LocalServerPort int port) {
        api = Api.on(port).as(Tokens.of("alice", "acme"));
    }

    @Test
    void a_customer_is_created_read_changed_and_deleted() {
        var created = api.post("/customers", Bodies.customer("Ada's Books"));
        assertThat(created.statusCode()).isEqualTo(201);
        var path = "/customers/" + read(created.body(), "$.id");
        assertThat(created.headers().firstValue("Location").orElseThrow()).endsWith(path);

        assertThat(api.get(path).body()).isEqualTo(created.body());

        var changed = api.put(path, Bodies.customer("Ada's Music"));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat((String) read(api.get(path).body(), "$.name")).isEqualTo("Ada's Music");

        assertThat(api.delete(path).statusCode()).isEqualTo(204);
        assertThat(api.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void customers_are_searched_by_a_part_of_their_name() {
        api.post("/customers", Bodies.customer("Zeppelin 100% Ltd"));

        assertThat(names("zEPPelin")).containsExactly("Zeppelin 100% Ltd");
        assertThat(names("100%25")).containsExactly("Zeppelin 100% Ltd");
        assertThat(names("_eppelin")).isEmpty();
    }

    @Test
    void what_is_not_there_is_a_404_as_problem_json() {
        for (var answer : List.of(
                api.get("/customers/999999999"),
                api.put("/customers/999999999", Bodies.customer("Ada's Books")),
                api.delete("/customers/999999999"))) {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat((String) read(answer.body(), "$.detail")).isEqualTo("There is no such customer.");
        }
    }

    @Test
    void bad_input_is_a_400_that_names_each_field() {
        var answer = api.post("/customers", """
                {"name": " ", "email": "nobody"}""");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat((String) read(answer.body(), "$.errors.name")).isEqualTo("must not be blank");
        assertThat((String) read(answer.body(), "$.errors.email")).contains("email");
    }

    @Test
    void bad_json_is_a_400_that_says_nothing_of_the_code() {
        var answer = api.post("/customers", "{\"name\": ");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("jackson", "dev.lexigram");
    }

    private List<String> names(String search) {
        return read(api.get("/customers?name=" + search).body(), "$[*].name");
    }
}
