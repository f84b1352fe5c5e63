package dev.lexigram.tenancy.example;

import static com.jayway.jsonpath.JsonPath.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A read that is cached: one entry a tenant, under the same key of the application. */
@InvoicingTest
class SummaryTest {

    @Autowired
    private TestDatabase database;

    private Api acme;
    private Api globex;

    @BeforeEach
    void nothing_is_owed(@LocalServerPort int port) {
        database.execute(Role.SUPERUSER, "truncate customer cascade");
        acme = Api.on(port).as(Tokens.of("alice", "acme"));
        globex = Api.on(port).as(Tokens.of("bob", "globex"));
        invoice(acme);
        invoice(globex); // which empties the caches of both
    }

    @Test
    void each_tenant_reads_its_own_summary() {
        invoice(acme);

        assertThat(open(acme)).isEqualTo(2);
        assertThat(open(globex)).isEqualTo(1);
    }

    @Test
    void it_comes_from_memory_until_an_invoice_of_this_tenant_changes() {
        assertThat(open(acme)).isEqualTo(1);
        assertThat(open(globex)).isEqualTo(1);
        database.execute(
                Role.SUPERUSER, "update invoice set paid_on = current_date"); // which the service cannot notice

        invoice(acme);

        assertThat(open(acme)).isEqualTo(1);
        assertThat(open(globex)).as("the cached one").isEqualTo(1);
    }

    @Test
    void CA_08_with_no_tenant_there_is_none(@LocalServerPort int port) {
        open(acme);

        assertThat(Api.on(port).as(Tokens.of("carol")).get("/invoices/summary").statusCode())
                .isEqualTo(403);
    }

    private static int open(Api api) {
        return read(api.get("/invoices/summary").body(), "$.open");
    }

    private static void invoice(Api api) {
        int customer = read(api.post("/customers", Bodies.customer("Any")).body(), "$.id");
        assertThat(api.post("/invoices", Bodies.invoice(customer)).statusCode()).isEqualTo(201);
    }
}
