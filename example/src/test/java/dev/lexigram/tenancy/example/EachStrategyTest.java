package dev.lexigram.tenancy.example;

import static com.jayway.jsonpath.JsonPath.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** I-1: two tenants of each isolation strategy in one service, with the service's own tables. */
@InvoicingTest
class EachStrategyTest {

    private static final List<String> STRATEGIES = List.of("row_level", "schema", "database");

    private static final AtomicInteger NUMBER = new AtomicInteger(); // a removed tenant's name stays taken

    @Autowired
    private TenantLifecycleService tenants;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TestDatabase database;

    private final List<Tenant> all = new ArrayList<>();
    private Api nobody;

    @BeforeEach
    void createTenants(@LocalServerPort int port) {
        nobody = Api.on(port);
        for (var strategy : STRATEGIES) {
            for (var letter : List.of("a", "b")) {
                var slug = letter + NUMBER.incrementAndGet() + "-" + strategy.replace("_", "-");
                all.add(tenants.createTenant(new CreateTenantCommand(slug, slug).withStrategy(strategy)));
            }
        }
        for (var tenant : all) {
            var user = user(tenant);
            var created = user.post("/customers", Bodies.customer("Of " + tenant.slug(), "one@customers.example"));
            assertThat(created.statusCode()).as(tenant + " " + created.body()).isEqualTo(201);
            int customer = read(created.body(), "$.id");
            assertThat(user.post("/invoices", Bodies.invoice(customer)).statusCode())
                    .isEqualTo(201);
        }
    }

    @AfterEach
    void removeTenants() {
        for (var tenant : all) {
            tenants.deleteTenant(tenant.id(), DeprovisionPolicy.DROP);
            tenants.purgeBeforeGrace(tenant.id(), "a test");
        }
    }

    @Test
    void I_1_each_tenant_sees_its_own_rows_over_http_and_in_sql() {
        for (var tenant : all) {
            var own = "Of " + tenant.slug();

            assertThat((List<String>) read(user(tenant).get("/customers").body(), "$[*].name"))
                    .as(tenant.strategy())
                    .containsExactly(own);
            assertThat(as(tenant, "select name from customer")).containsExactly(own);
            assertThat(as(tenant, "select count(*) from invoice")).containsExactly("1");
        }
    }

    @Test
    void I_5_a_statement_without_a_where_changes_its_own_tenants_rows_alone() {
        for (var tenant : all) {
            TenantContext.runAs(
                    tenant,
                    () -> assertThat(jdbc.sql("update customer set name = '" + tenant.slug() + " changed'")
                                    .update())
                            .isEqualTo(1));
        }

        for (var tenant : all) {
            assertThat(as(tenant, "select name from customer")).containsExactly(tenant.slug() + " changed");
        }
    }

    @Test
    void CN_24_a_table_of_another_tenant_named_in_full_gives_nothing() {
        var owner = all.stream()
                .filter(tenant -> tenant.strategy().equals("schema"))
                .findFirst()
                .orElseThrow();
        var foreign = "select name from \"tenant_" + owner.id() + "\".customer";

        for (var tenant : all) {
            if (tenant.equals(owner)) {
                assertThat(as(tenant, foreign)).as("control").containsExactly("Of " + owner.slug());
            } else if (tenant.strategy().equals("database")) {
                assertThatThrownBy(() -> as(tenant, foreign)).isInstanceOf(DataAccessException.class);
            } else {
                assertThat(as(tenant, foreign)).as(tenant.slug().value()).isEmpty();
            }
        }
        database.execute(
                Role.SUPERUSER, "alter table \"tenant_" + owner.id() + "\".customer disable row level security");
        assertThat(as(all.get(0), foreign))
                .as("control: without its guard the table is open")
                .containsExactly("Of " + owner.slug());
    }

    @Test
    void I_8_nobody_without_a_tenant_reads_any_of_them() {
        assertThatThrownBy(() -> TenantContext.callWithout(() -> jdbc.sql("select name from customer")
                        .query(String.class)
                        .list()))
                .isInstanceOf(RuntimeException.class);
        assertThat(nobody.get("/customers").statusCode()).isEqualTo(401);
    }

    private Api user(Tenant tenant) {
        return nobody.as(Tokens.of("user", tenant.id().value()));
    }

    private List<String> as(Tenant tenant, String sql) {
        return TenantContext.callAs(
                tenant, () -> jdbc.sql(sql).query(String.class).list());
    }
}
