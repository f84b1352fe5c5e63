package dev.lexigram.tenancy.example;

import static com.jayway.jsonpath.JsonPath.read;
import static dev.lexigram.tenancy.testkit.TenancyAssertions.assertIsolated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.testkit.IsolationMatrix.Cell;
import dev.lexigram.tenancy.testkit.IsolationProver;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every operation on every table of this service, for each tenant and each role: allowed or refused as the rules say. */
@InvoicingTest
class MatrixTest {

    @Autowired
    private DataSource dataSource;

    @Autowired
    private TestDatabase database;

    @Autowired
    private TenantProvider tenants;

    private IsolationProver prover;

    @BeforeEach
    void each_tenant_has_a_row_in_each_table(@LocalServerPort int port) {
        for (var user : new String[][] {{"alice", "acme"}, {"bob", "globex"}}) {
            var api = Api.on(port).as(Tokens.of(user[0], user[1]));
            int customer =
                    read(api.post("/customers", Bodies.customer("Initech")).body(), "$.id");
            api.post("/invoices", Bodies.invoice(customer));
        }
        prover = IsolationProver.of(dataSource, database.as(Role.MIGRATOR), tenant("acme"), tenant("globex"))
                .withSuspended(suspended())
                .withReader("tenancy_admin", database.as(Role.ADMIN))
                .withRole("tenancy_control", database.as(Role.CONTROL))
                .withRole("tenancy_owner", owner());
    }

    @Test
    void RL_20_every_operation_on_every_table_is_allowed_or_refused_as_the_rules_say() throws SQLException {
        assertIsolated(prover);

        var cells = prover.run().cells();
        assertThat(cells)
                .extracting(Cell::table)
                .containsOnly("public.customer", "public.invoice", "public.invoice_line");
        assertThat(cells).hasSize(3 * (6 * 4 + 4 + 6 + 6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alter table invoice_line disable row level security | alter table invoice_line enable row level security   | SELECT OTHER of public.invoice_line
            grant truncate on customer to tenancy_app            | revoke truncate on customer from tenancy_app         | TRUNCATE UNBOUND of public.customer
            grant select on invoice to tenancy_control           | revoke select on invoice from tenancy_control        |
            grant delete on invoice to tenancy_admin             | revoke delete on invoice from tenancy_admin          | DELETE UNBOUND of public.invoice
            """)
    void RL_20_control_a_planted_leak_breaks_the_matrix(String leak, String cure, String violation) {
        database.execute(Role.SUPERUSER, leak);
        try {
            if (violation == null) {
                assertThat(violations())
                        .as("a grant alone opens nothing: the policy refuses")
                        .isZero();
            } else {
                assertThatThrownBy(() -> assertIsolated(prover))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining(violation);
            }
        } finally {
            database.execute(Role.SUPERUSER, cure);
        }
    }

    private int violations() {
        try {
            return prover.run().violations().size();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Tenant tenant(String slug) {
        return tenants.getTenantBySlug(Slug.of(slug)).orElseThrow();
    }

    private Tenant suspended() {
        return tenants.getTenantBySlug(Slug.of("matrix")).orElseGet(() -> {
            var created = tenants.createTenant(new CreateTenantCommand("matrix", "Matrix"));
            return tenants.suspendTenant(created.id(), "unpaid");
        });
    }

    private DataSource owner() {
        var owner = new PGSimpleDataSource();
        owner.setUrl(database.jdbcUrl());
        owner.setUser("tenancy_owner");
        return owner;
    }
}
