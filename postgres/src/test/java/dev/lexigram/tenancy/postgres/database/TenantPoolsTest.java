package dev.lexigram.tenancy.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.tenant.TenantCapacityException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** P-1 to P-3: the connections of many databases under one budget. */
@TenancyTest
class TenantPoolsTest {

    private static final PoolsConfig SMALL = PoolsConfig.DEFAULTS
            .withMaxConnections(3)
            .withTenantShare(0.1)
            .withBorrowTimeout(Duration.ofMillis(300))
            .withIdleClose(Duration.ofSeconds(60));

    private static final List<TenantId> TENANTS = List.of("p1", "p2", "p3", "p4", "p5", "p6").stream()
            .map(TenantId::of)
            .toList();

    private static DatabaseFixture fixture;

    private TenantPools pools;

    @BeforeAll
    static void makeDatabases(TestDatabase database) {
        fixture = new DatabaseFixture(database);
        var databases = fixture.databases(DatabaseFixture.ONE_TABLE);
        databases.prepare();
        TENANTS.forEach(databases::provision);
    }

    @AfterAll
    static void dropDatabases() throws SQLException {
        fixture.clear();
    }

    @AfterEach
    void close() {
        pools.close();
    }

    @Test
    void RX_02_more_tenants_than_connections_are_all_served_and_the_cap_holds() throws SQLException {
        pools = fixture.pools(SMALL);
        var seen = new HashSet<String>();

        for (var round = 0; round < 3; round++) {
            for (var tenant : TENANTS) {
                try (var connection = pools.borrow(tenant)) {
                    seen.add(connection.getCatalog());
                }
                assertThat(pools.open()).isLessThanOrEqualTo(3);
                assertThat(backends()).isLessThanOrEqualTo(3);
            }
        }

        assertThat(seen).hasSize(TENANTS.size());
        try (var wide = fixture.pools(SMALL.withMaxConnections(50))) {
            for (var tenant : TENANTS) {
                wide.borrow(tenant).close();
            }
            assertThat(wide.open())
                    .as("control: without that cap each keeps its own")
                    .isEqualTo(TENANTS.size());
        }
    }

    @Test
    void P_2_a_busy_connection_is_never_closed_and_who_waits_too_long_is_told() throws SQLException {
        pools = fixture.pools(SMALL);
        var busy = new ArrayList<Connection>();
        for (var tenant : TENANTS.subList(0, 3)) {
            busy.add(pools.borrow(tenant));
        }

        assertThatThrownBy(() -> pools.borrow(TENANTS.get(4)))
                .isInstanceOf(TenantCapacityException.class)
                .hasMessageContaining("pools.max_connections");

        for (var connection : busy) {
            assertThat(connection.isValid(1)).isTrue();
            connection.close();
        }
        pools.borrow(TENANTS.get(4)).close(); // control
    }

    @Test
    void P_2_who_waits_gets_the_connection_that_becomes_free() throws Exception {
        pools = fixture.pools(SMALL.withBorrowTimeout(Duration.ofSeconds(60)));
        var busy = new ArrayList<Connection>();
        for (var tenant : TENANTS.subList(0, 3)) {
            busy.add(pools.borrow(tenant));
        }
        var waiting = new FutureTask<>(() -> {
            try (var connection = pools.borrow(TENANTS.get(5))) {
                return connection.getCatalog();
            }
        });
        new Thread(waiting).start();
        Await.until("somebody to wait", () -> pools.waiting() == 1);

        busy.get(0).close();

        assertThat(waiting.get()).isEqualTo("tenant_p6");
        busy.get(1).close();
        busy.get(2).close();
    }

    @Test
    void P_3_one_tenant_cannot_take_all() throws SQLException {
        pools = fixture.pools(SMALL);
        try (var first = pools.borrow(TENANTS.get(0));
                var second = pools.borrow(TENANTS.get(0))) {
            assertThatThrownBy(() -> pools.borrow(TENANTS.get(0)))
                    .isInstanceOf(TenantCapacityException.class)
                    .hasMessageContaining("may have 2 of the 3");
            pools.borrow(TENANTS.get(1)).close();
            assertThat(first.isValid(1) && second.isValid(1)).isTrue();
        }
    }

    @Test
    void P_1_what_is_idle_is_closed() throws SQLException {
        pools = fixture.pools(SMALL.withIdleClose(Duration.ofMillis(200)));
        pools.borrow(TENANTS.get(0)).close();

        Await.until("the idle connection to be closed", () -> pools.open() == 0);
    }

    @Test
    void P_5_a_broken_connection_is_not_lent_again() throws SQLException {
        pools = fixture.pools(SMALL);
        try (var connection = pools.borrow(TENANTS.get(0))) {
            connection.abort(Runnable::run);
        }
        assertThat(pools.open()).isZero();

        var pid = pid(TENANTS.get(0));
        fixture.read("select pg_terminate_backend(" + pid + ", 10000)");
        Await.until(
                "the validity to be looked at again", () -> !pid(TENANTS.get(0)).equals(pid));
    }

    @Test
    void RX_03_closing_waits_for_nobody_and_leaves_nothing() throws SQLException {
        pools = fixture.pools(SMALL);
        var busy = pools.borrow(TENANTS.get(0));
        pools.borrow(TENANTS.get(1)).close();

        pools.close();

        assertThat(busy.isValid(1)).as("who is at work goes on").isTrue();
        busy.close();
        Await.until("all backends to end", () -> backends() == 0);
    }

    private String pid(TenantId tenant) throws SQLException {
        try (var connection = pools.borrow(tenant);
                var row = connection.createStatement().executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getString(1);
        } catch (SQLException broken) {
            return "";
        }
    }

    private static long backends() throws SQLException {
        return Long.parseLong(fixture.read("select count(*) from pg_stat_activity where datname ~ '^tenant_p[0-9]$'")
                .get(0));
    }
}
