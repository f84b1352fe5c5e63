package dev.lexigram.tenancy.example;

import static com.jayway.jsonpath.JsonPath.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Many rows in few statements: none of them names a tenant, and each belongs to the right one. */
@InvoicingTest
class ImportTest {

    private static final int MANY = 1200; // more than a batch

    private Api acme;
    private Api globex;

    @BeforeEach
    void as_users_of_both(@LocalServerPort int port) {
        acme = Api.on(port).as(Tokens.of("alice", "acme"));
        globex = Api.on(port).as(Tokens.of("bob", "globex"));
    }

    @Test
    void an_import_belongs_to_whoever_imports() {
        assertThat(acme.post("/customers/import", customers(MANY, "Imported")).statusCode())
                .isEqualTo(204);

        assertThat(names(acme, "Imported")).hasSize(100).allMatch(name -> name.startsWith("Imported"));
        assertThat(names(globex, "Imported")).isEmpty();
    }

    @Test
    void the_same_addresses_can_be_imported_by_another_tenant_and_change_only_its_own() {
        acme.post("/customers/import", customers(3, "Twin of acme"));
        assertThat(globex.post("/customers/import", customers(3, "Twin of globex"))
                        .statusCode())
                .isEqualTo(204);
        globex.post("/customers/import", customers(3, "Renamed twin"));

        assertThat(names(acme, "win")).containsOnly("Twin of acme 0", "Twin of acme 1", "Twin of acme 2");
        assertThat(names(globex, "win")).containsOnly("Renamed twin 0", "Renamed twin 1", "Renamed twin 2");
    }

    @Test
    void one_bad_row_and_nothing_is_imported() {
        var bad = customers(3, "Half").replace("half2@", "half2");

        assertThat(acme.post("/customers/import", bad).statusCode()).isEqualTo(400);

        assertThat(names(acme, "Half")).isEmpty();
    }

    private static String customers(int count, String name) {
        var local = name.equals("Half") ? "half" : name.equals("Imported") ? "imported" : "twin";
        return IntStream.range(0, count)
                .mapToObj(number -> """
                        {"name": "%s %d", "email": "%s%d@import.example"}""".formatted(name, number, local, number))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static List<String> names(Api api, String part) {
        return read(api.get("/customers?name=" + part).body(), "$[*].name");
    }
}
