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

/** COPY TO, in the thread that writes the answer: it has the tenant of the request, and only that tenant's rows. */
@InvoicingTest
class ExportTest {

    @Autowired
    private TestDatabase database;

    private Api acme;
    private Api globex;

    @BeforeEach
    void each_tenant_has_an_invoice(@LocalServerPort int port) {
        database.execute(Role.SUPERUSER, "truncate customer cascade");
        acme = Api.on(port).as(Tokens.of("alice", "acme"));
        globex = Api.on(port).as(Tokens.of("bob", "globex"));
        invoice(acme, "Ada's Books");
        invoice(globex, "Initech");
    }

    @Test
    void an_export_holds_the_own_rows_and_no_others() {
        var csv = acme.get("/invoices/export");

        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(csv.body())
                .startsWith("id,customer,issued_on,due_on,paid_on,description,quantity,unit_price\n")
                .contains(",Ada's Books,", ",Design,", ",Hosting,")
                .doesNotContain("Initech");
        assertThat(globex.get("/invoices/export").body()).contains("Initech").doesNotContain("Ada's Books");
    }

    @Test
    void RL_14_control_without_the_policies_it_holds_the_rows_of_all() {
        for (var table : new String[] {"customer", "invoice", "invoice_line"}) {
            database.execute(Role.SUPERUSER, "alter table " + table + " disable row level security");
        }
        try {
            assertThat(acme.get("/invoices/export").body()).contains("Ada's Books", "Initech");
        } finally {
            for (var table : new String[] {"customer", "invoice", "invoice_line"}) {
                database.execute(Role.SUPERUSER, "alter table " + table + " enable row level security");
            }
        }
    }

    @Test
    void with_no_tenant_there_is_no_export(@LocalServerPort int port) {
        assertThat(Api.on(port).as(Tokens.of("carol")).get("/invoices/export").statusCode())
                .isEqualTo(403);
    }

    private static void invoice(Api api, String name) {
        int customer = read(api.post("/customers", Bodies.customer(name)).body(), "$.id");
        assertThat(api.post("/invoices", Bodies.invoice(customer)).statusCode()).isEqualTo(201);
    }
}
