package dev.lexigram.tenancy.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.postgres.isolation.DriverTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.PlainTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantInactiveException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantSuspendedException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AZ-02: what a suspension does to a transaction under way. */
@TenancyTest
class SuspendedInTransactionTest {

    private static final AtomicInteger SUSPENDED = new AtomicInteger(); // each test has a tenant of its own

    @ParameterizedTest
    @ValueSource(strings = {"plain", "driver"})
    void AZ_02_the_next_statement_of_a_suspended_tenant_is_refused_and_nothing_of_the_transaction_stays(
            String binder, TestDatabase database) throws SQLException {
        try (var nodes = new Nodes(database, binder)) {
            nodes.tenants.servedWhile(nodes.there.tenancy.validator()::require);

            assertThatThrownBy(() -> nodes.suspendedMeanwhile(
                            statement -> statement.executeUpdate("insert into public.note (body) values ('after')")))
                    .isInstanceOf(TenantSuspendedException.class);

            assertThat(TenantContext.current()).isEmpty();
            assertThat(rows(database)).as("no partial commit").isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "driver"})
    void AZ_02_the_commit_of_a_suspended_tenant_is_refused(String binder, TestDatabase database) throws SQLException {
        try (var nodes = new Nodes(database, binder)) {
            nodes.tenants.servedWhile(nodes.there.tenancy.validator()::require);

            assertThatThrownBy(() -> nodes.suspendedMeanwhile(statement -> 0))
                    .isInstanceOf(TenantSuspendedException.class);

            assertThat(rows(database)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "driver"})
    void AZ_02_control_without_the_question_the_transaction_ends_as_it_began(String binder, TestDatabase database)
            throws SQLException {
        try (var nodes = new Nodes(database, binder)) {
            nodes.suspendedMeanwhile(
                    statement -> statement.executeUpdate("insert into public.note (body) values ('after')"));

            assertThat(rows(database)).as("whole: there is no partial commit").isEqualTo(2);
        }
    }

    @Test
    void work_on_a_tenant_that_was_not_active_when_it_began_goes_on_until_that_changes(TestDatabase database)
            throws SQLException {
        try (var nodes = new Nodes(database, "plain")) {
            nodes.tenants.servedWhile(nodes.there.tenancy.validator()::require);
            var suspended = nodes.here.tenancy.tenants().suspendTenant(nodes.acme, "unpaid");
            Await.until("the refusal", () -> !nodes.there.admits(nodes.acme));

            TenantContext.<Void, SQLException>callAs(suspended, () -> {
                try (var connection = nodes.tenants.getConnection();
                        var statement = connection.createStatement()) {
                    statement.executeUpdate("insert into public.note (body) values ('by an operator')");
                    nodes.here.tenancy.tenants().deactivateTenant(nodes.acme);
                    Await.until("the news", () -> statusThere(nodes).equals(Optional.of(TenantStatus.INACTIVE)));
                    assertThatThrownBy(
                                    () -> statement.executeUpdate("insert into public.note (body) values ('too late')"))
                            .isInstanceOf(TenantInactiveException.class);
                }
                return null;
            });

            assertThat(rows(database)).isEqualTo(1);
        }
    }

    private static Optional<TenantStatus> statusThere(Nodes nodes) {
        return nodes.there.tenancy.validator().find(nodes.acme.value()).map(Tenant::status);
    }

    private interface Work {
        int on(Statement statement) throws SQLException;
    }

    /** A node that suspends, and one on which a transaction of acme is under way. */
    private static final class Nodes implements AutoCloseable {

        private final Node here;
        private final Node there;
        private final TenantId acme;
        private final HikariDataSource pool;
        private final TenantDataSource tenants;

        Nodes(TestDatabase database, String binder) throws SQLException {
            database.execute(
                    Role.MIGRATOR,
                    "set role tenancy_owner; drop table if exists public.note;"
                            + " create table public.note (body text not null);"
                            + " grant select, insert on public.note to tenancy_app;"
                            + " grant select on public.note to tenancy_admin");
            RowLevelPolicies.forTables("note").apply(database.as(Role.MIGRATOR));
            var config = new HikariConfig();
            config.setJdbcUrl(database.jdbcUrl());
            config.setUsername("tenancy_app");
            config.setDriverClassName(TenancyDriver.class.getName());
            config.setMaximumPoolSize(2);
            pool = new HikariDataSource(config);
            tenants = TenantDataSource.rowLevel(
                    pool,
                    binder.equals("plain")
                            ? new PlainTransactionBinder(IsolationConfig.DEFAULTS)
                            : new DriverTransactionBinder(IsolationConfig.DEFAULTS),
                    () -> true);
            here = Node.on(database.jdbcUrl(), Node.beating(1000), Duration.ofSeconds(30))
                    .awaitBus();
            there = Node.on(database.jdbcUrl(), Node.beating(1000), Duration.ofSeconds(30))
                    .awaitBus();
            acme = here.create("acme-" + SUSPENDED.incrementAndGet());
            Await.until("the admission", () -> there.admits(acme));
        }

        void suspendedMeanwhile(Work afterwards) throws SQLException {
            there.tenancy.<Void, SQLException>callAs(acme, () -> {
                try (var connection = tenants.getConnection();
                        var statement = connection.createStatement()) {
                    connection.setAutoCommit(false);
                    statement.executeUpdate("insert into public.note (body) values ('before')");
                    here.tenancy.tenants().suspendTenant(acme, "unpaid");
                    Await.until("the refusal", () -> !there.admits(acme));
                    afterwards.on(statement);
                    connection.commit();
                }
                return null;
            });
        }

        @Override
        public void close() {
            there.close();
            here.close();
            pool.close();
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
