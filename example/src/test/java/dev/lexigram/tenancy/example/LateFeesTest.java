package dev.lexigram.tenancy.example;

import static com.jayway.jsonpath.JsonPath.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** A scheduled job that says whose work it does. */
@InvoicingTest
class LateFeesTest {

    @Autowired
    private TestDatabase database;

    @Autowired
    private ScheduledTaskHolder jobs;

    @Autowired
    private JdbcClient jdbc;

    private Api acme;
    private Api globex;

    @BeforeEach
    void each_tenant_has_an_invoice(@LocalServerPort int port) {
        database.execute(Role.SUPERUSER, "truncate customer cascade");
        acme = Api.on(port).as(Tokens.of("alice", "acme"));
        globex = Api.on(port).as(Tokens.of("bob", "globex"));
        invoice(acme);
        invoice(globex);
        database.execute(Role.SUPERUSER, "update invoice set due_on = current_date - 1");
    }

    @Test
    void what_is_overdue_costs_a_fee_once_for_each_tenant() {
        run();
        run();

        assertThat(lines(acme)).containsExactly("Design", "Hosting", "Late fee");
        assertThat(lines(globex)).containsExactly("Design", "Hosting", "Late fee");
    }

    @Test
    void the_failure_of_one_tenant_keeps_nobody_else_waiting() {
        database.execute(Role.SUPERUSER, """
                alter table invoice_line add constraint broken check (tenant_id <> 'acme' or description <> 'Late fee')""");
        try {
            run();
        } finally {
            database.execute(Role.SUPERUSER, "alter table invoice_line drop constraint broken");
        }

        assertThat(lines(acme)).doesNotContain("Late fee");
        assertThat(lines(globex)).contains("Late fee");
    }

    @Test
    void control_a_job_that_says_no_tenant_is_refused() {
        assertThatThrownBy(() -> jdbc.sql("insert into invoice_line (invoice_id, description, quantity, unit_price)"
                                + " select id, 'Late fee', 1, 5 from invoice")
                        .update())
                .hasStackTraceContaining("tenant not bound");
    }

    /** As the scheduler does it, in a thread that belongs to no request. */
    private void run() {
        jobs.getScheduledTasks().stream()
                .filter(task -> task.toString().contains("LateFees"))
                .findFirst()
                .orElseThrow()
                .getTask()
                .getRunnable()
                .run();
    }

    private static List<String> lines(Api api) {
        int id = read(api.get("/invoices").body(), "$[0].id");
        return read(api.get("/invoices/" + id).body(), "$.lines[*].description");
    }

    private static void invoice(Api api) {
        int customer = read(api.post("/customers", Bodies.customer("Any")).body(), "$.id");
        assertThat(api.post("/invoices", Bodies.invoice(customer)).statusCode()).isEqualTo(201);
    }
}
