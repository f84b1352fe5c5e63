package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.isolation.PlainTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@TenancyTest
class QueryHowtoTest {

    record Order(long id, String item) {}

    private static JdbcClient jdbc;

    @BeforeAll
    static void two_tenants_have_orders(TestDatabase database) {
        database.execute(
                Role.MIGRATOR,
                "create table orders (id bigint generated always as identity primary key, item text not null)");
        RowLevelPolicies.forTables("orders").apply(database.as(Role.MIGRATOR));
        jdbc = JdbcClient.create(TenantDataSource.rowLevel(
                database.as(Role.APP),
                new PlainTransactionBinder(IsolationConfig.DEFAULTS.settingName()),
                () -> false));
        for (var tenant : List.of("acme", "globex")) {
            TenantContext.runAs(tenant(tenant), () -> order("anvil of " + tenant));
        }
    }

    @Test
    void the_current_tenant_sees_its_orders_with_and_without_a_where() {
        var orders = TenantContext.callAs(tenant("acme"), QueryHowtoTest::ordersOfTheCurrentTenant);
        var without = TenantContext.callAs(
                tenant("acme"),
                () -> jdbc.sql("select id, item from orders").query(Order.class).list());

        assertThat(orders).extracting(Order::item).containsExactly("anvil of acme");
        assertThat(without).isEqualTo(orders);
    }

    @Test
    void outside_a_tenant_it_is_refused() {
        assertThatThrownBy(QueryHowtoTest::ordersOfTheCurrentTenant).isInstanceOf(TenantRequiredException.class);
    }

    private static List<Order> ordersOfTheCurrentTenant() {
        // tag::query[]
        TenantId id = TenantContext.require().id();
        List<Order> orders = jdbc.sql("select id, item from orders where tenant_id = ?")
                .param(id.value())
                .query(Order.class)
                .list();
        // end::query[]
        return orders;
    }

    private static void order(String item) {
        jdbc.sql("insert into orders (item) values (?)").param(item).update();
    }

    private static Tenant tenant(String name) {
        return Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.now());
    }
}
