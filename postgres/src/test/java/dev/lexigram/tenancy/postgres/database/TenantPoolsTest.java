package dev.lexigram.tenancy.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.tenant.TenantCapacityException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** More tenants than connections. */
@TenancyTest
class TenantPoolsTest {

    private static final List<TenantId> TENANTS =
            IntStream.range(0, 6).mapToObj(number -> TenantId.of("t" + number)).toList();
    private static final PoolsConfig SMALL =
            PoolsConfig.DEFAULTS.withMaxConnections(3).withBorrowTimeout(Duration.ofMillis(300));

    private static final String COUNT = "select count(*)::text from pg_stat_activity where datname ~ '^tenant_t[0-9]$'";

    @BeforeAll
    static void makeDatabases(TestDatabase main) {
        var databases = DatabaseFixture.databases(main, DatabaseFixture.ONE_TABLE);
        TENANTS.forEach(databases::provision);
    }

    @AfterAll
    static void removeDatabases(TestDatabase main) throws SQLException {
        DatabaseFixture.removeAll(main);
    }

    @Test
    void RX_02_RX_03_all_are_touched_in_turn_and_the_connections_stay_within_the_budget(TestDatabase main)
            throws SQLException {
        try (var pools = pools(main, SMALL)) {
            for (var round = 0; round < 3; round++) {
                for (var tenant : TENANTS) {
                    try (var connection = pools.borrow(tenant)) {
                        assertThat(Statements.all(
                                        connection, "select current_database()", row -> row.getString(1)))
                                .containsExactly("tenant_" + tenant);
                    }
                    assertThat(pools.open()).isLessThanOrEqualTo(3);
                }
            }
        }
        awaitNoConnections(main);
    }

    @Test
    void RX_02_a_busy_connection_is_never_closed_for_another_tenant(TestDatabase main) throws SQLException {
        try (var pools = pools(main, SMALL);
                var one = pools.borrow(TENANTS.get(0));
                var two = pools.borrow(TENANTS.get(1));
                var three = pools.borrow(TENANTS.get(2))) {
            assertThatThrownBy(() -> pools.borrow(TENANTS.get(3)))
                    .isInstanceOf(TenantCapacityException.class)
                    .hasFieldOrPropertyWithValue("code", "LEX_ERR_TENANT_016")
                    .hasMessageContaining("t3")
                    .hasMessageContaining("all together 3");
            assertThat(List.of(one.isValid(5), two.isValid(5), three.isValid(5))).containsOnly(true);

            var waiting = CompletableFuture.supplyAsync(() -> borrow(pools, TENANTS.get(3)));
            one.close();
            assertThat(waiting.join() || borrow(pools, TENANTS.get(3))).isTrue();
        }
    }

    @Test
    void one_tenant_leaves_room_for_the_others(TestDatabase main) throws SQLException {
        try (var pools = pools(main, SMALL);
                var one = pools.borrow(TENANTS.get(0));
                var two = pools.borrow(TENANTS.get(0))) {
            assertThatThrownBy(() -> pools.borrow(TENANTS.get(0))).isInstanceOf(TenantCapacityException.class);
            try (var other = pools.borrow(TENANTS.get(1))) {
                assertThat(List.of(one.isValid(5), two.isValid(5), other.isValid(5))).containsOnly(true);
            }
        }
    }

    @Test
    void a_connection_that_the_server_has_ended_is_not_lent_again(TestDatabase main) throws SQLException {
        try (var pools = pools(main, SMALL)) {
            try (var connection = pools.borrow(TENANTS.get(0))) {
                main.execute(
                        Role.SUPERUSER,
                        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = 'tenant_t0'");
                assertThat(connection.isValid(5)).isFalse();
                connection.close();
                connection.close();
            }
            try (var connection = pools.borrow(TENANTS.get(0))) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void RX_03_what_is_in_use_at_the_end_works_until_it_is_given_back(TestDatabase main) throws SQLException {
        var pools = pools(main, SMALL);
        try (var connection = pools.borrow(TENANTS.get(0))) {
            pools.close();
            assertThat(connection.isValid(5)).isTrue();
        }
        awaitNoConnections(main);
    }

    @Test
    void the_budget_is_divided_by_the_nodes() {
        assertThat(PoolsConfig.DEFAULTS.withNodes(4).budget()).isEqualTo(12);
        assertThat(PoolsConfig.DEFAULTS.withNodes(4).perTenant()).isEqualTo(2);
        assertThat(PoolsConfig.DEFAULTS.perTenant()).isEqualTo(10);
        assertThatThrownBy(() -> PoolsConfig.DEFAULTS.withNodes(51))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxConnections");
    }

    private static TenantPools pools(TestDatabase main, PoolsConfig config) {
        return TenantPools.of(main.jdbcUrl(), DatabaseFixture.secrets(main), config);
    }

    private static boolean borrow(TenantPools pools, TenantId tenant) {
        try (var connection = pools.borrow(tenant)) {
            return connection.isValid(5);
        } catch (SQLException | TenantCapacityException late) {
            return false;
        }
    }

    private static void awaitNoConnections(TestDatabase main) throws SQLException {
        var until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!DatabaseFixture.read(main.as(Role.SUPERUSER), COUNT).equals(List.of("0"))) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.onSpinWait();
        }
    }
}
