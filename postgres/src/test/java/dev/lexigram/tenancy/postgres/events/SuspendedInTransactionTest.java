package dev.lexigram.tenancy.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.postgres.isolation.PlainTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** AZ-02: what a suspension does to a transaction under way. */
@TenancyTest
class SuspendedInTransactionTest {

    /** The bound is that of the next admission. Refusing the next statement needs {@code isolation.strict_status}. */
    @Test
    void AZ_02_today_a_transaction_under_way_ends_as_it_began_and_the_next_call_is_refused(TestDatabase database)
            throws SQLException {
        database.execute(
                Role.MIGRATOR,
                "set role tenancy_owner; create table public.note (body text not null);"
                        + " grant select, insert on public.note to tenancy_app;"
                        + " grant select on public.note to tenancy_admin");
        RowLevelPolicies.forTables("note").apply(database.as(Role.MIGRATOR));
        var tenants = TenantDataSource.rowLevel(
                database.as(Role.APP), new PlainTransactionBinder(IsolationConfig.DEFAULTS), () -> true);
        try (var here = Node.on(database.jdbcUrl(), Node.beating(1000), Duration.ofSeconds(30))
                        .awaitBus();
                var there = Node.on(database.jdbcUrl(), Node.beating(1000), Duration.ofSeconds(30))
                        .awaitBus()) {
            var acme = here.create("acme");
            Await.until("the admission", () -> there.admits(acme));

            there.tenancy.<Void, SQLException>callAs(acme, () -> {
                try (var connection = tenants.getConnection();
                        var statement = connection.createStatement()) {
                    connection.setAutoCommit(false);
                    statement.executeUpdate("insert into public.note (body) values ('before')");
                    here.tenancy.tenants().suspendTenant(acme, "unpaid");
                    Await.until("the refusal", () -> !there.admits(acme));
                    statement.executeUpdate("insert into public.note (body) values ('after')");
                    connection.commit();
                }
                return null;
            });

            assertThat(TenantContext.current()).isEmpty();
            assertThat(there.admits(acme)).isFalse();
            assertThat(rows(database)).as("whole: there is no partial commit").isEqualTo(2);
        }
    }

    private static int rows(TestDatabase database) throws SQLException {
        try (var connection = database.as(Role.ADMIN).getConnection();
                var statement = connection.createStatement()) {
            try (var count = statement.executeQuery("select count(*) from public.note")) {
                count.next();
                return count.getInt(1);
            }
        }
    }
}
