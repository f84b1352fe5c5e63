package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.isolation.SystemScope;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@TenancyTest
class SystemScopeHowtoTest {

    @Test
    void rows_of_all_tenants_are_read_for_a_reason(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, "set role tenancy_owner; create table orders (item text)");
        RowLevelPolicies.forTables("orders").apply(database.as(Role.MIGRATOR));
        database.execute(
                Role.SUPERUSER, "insert into orders (item, tenant_id) values ('anvil', 'acme'), ('glue', 'globex')");
        DataSource readers = database.as(Role.ADMIN);
        var store = SqlTenantStore.of(database.as(Role.CONTROL));

        // tag::scope[]
        SystemScope scope = SystemScope.of(readers, store.auditTrail(), () -> "nightly-report");
        long orders = scope.call("orders of all tenants, for the monthly report", connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select count(*) from orders")) {
                row.next();
                return row.getLong(1);
            }
        });
        // end::scope[]

        assertThat(orders).isEqualTo(2);
    }
}
