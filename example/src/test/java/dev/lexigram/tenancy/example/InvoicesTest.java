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
class InvoicesTest {

    private Api api;
    private int customer;

    @BeforeEach
    void as_a_user_of_acme_with_a_customer(@LocalServerPort int port) {
        api = Api.on(port).as(Tokens.of("alice", "acme"));
        customer = read(api.post("/customers", Bodies.customer("Ada's Books")).body(), "$.id");
    }

    @Test
    void an_invoice_is_written_with_its_lines_and_read_with_its_total() {
        var created = api.post("/invoices", Bodies.invoice(customer));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);

        var answer = api.get("/invoices/" + read(created.body(), "$.id"));

        assertThat(answer.body()).isEqualTo(created.body());
        assertThat((double) read(answer.body(), "$.total")).isEqualTo(250.50);
        assertThat((List<String>) read(answer.body(), "$.lines[*].description")).containsExactly("Design", "Hosting");
        assertThat((Object) read(answer.body(), "$.paidOn")).isNull();
    }

    @Test
    void an_invoice_is_listed_paid_and_deleted_with_its_lines() {
        var path = "/invoices/"
                + read(api.post("/invoices", Bodies.invoice(customer)).body(), "$.id");

        var paid = api.post(path + "/payment", "");
        assertThat((String) read(paid.body(), "$.paidOn")).isNotBlank();
        assertThat(api.post(path + "/payment", "").body()).isEqualTo(paid.body());
        assertThat(api.get("/invoices").body()).contains("\"customerId\":" + customer);

        assertThat(api.delete(path).statusCode()).isEqualTo(204);
        assertThat(api.get(path).statusCode()).isEqualTo(404);
        assertThat(api.post(path + "/payment", "").statusCode()).isEqualTo(404);
    }

    @Test
    void an_invoice_to_nobody_and_a_customer_with_invoices_conflict_with_one_answer() {
        var toNobody = api.post("/invoices", Bodies.invoice(999_999_999));
        api.post("/invoices", Bodies.invoice(customer));
        var stillInvoiced = api.delete("/customers/" + customer);

        assertThat(List.of(toNobody.statusCode(), stillInvoiced.statusCode())).containsOnly(409);
        assertThat((String) read(toNobody.body(), "$.detail")).isEqualTo(read(stillInvoiced.body(), "$.detail"));
        assertThat(toNobody.body()).doesNotContain("fkey", "constraint");
    }

    @Test
    void an_invoice_without_lines_or_with_a_bad_one_is_a_400() {
        var without = api.post("/invoices", """
                {"customerId": %d, "dueOn": "2027-01-31", "lines": []}""".formatted(customer));
        var bad = api.post("/invoices", """
                {"customerId": %d, "dueOn": "2027-01-31",
                 "lines": [{"description": "Design", "quantity": 0, "unitPrice": 1.005}]}""".formatted(customer));

        assertThat((Object) read(without.body(), "$.errors.lines")).isNotNull();
        assertThat((Object) read(bad.body(), "$.errors['lines[0].quantity']")).isNotNull();
        assertThat((Object) read(bad.body(), "$.errors['lines[0].unitPrice']")).isNotNull();
    }
}
