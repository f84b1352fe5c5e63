package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantCapacityException;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** P-3: one tenant gets its share of a pool that many use, and waits for its turn within it. */
@TenancyTest
@ParameterizedClass
@EnumSource
class TenantSharesTest {

    private static final Tenant ACME = RowLevelTest.ACME;
    private static final Tenant GLOBEX = RowLevelTest.GLOBEX;
    private static final PoolsConfig SHORT = PoolsConfig.DEFAULTS.withBorrowTimeout(Duration.ofMillis(200));
    private static final PoolsConfig PATIENT = PoolsConfig.DEFAULTS.withBorrowTimeout(Duration.ofSeconds(20));

    @Parameter
    BinderUnderTest binder;

    private final List<Connection> held = new ArrayList<>();
    private HikariDataSource pool;

    @BeforeAll
    static void createTables(TestDatabase database) {
        database.execute(Role.MIGRATOR, RowLevelTables.DDL);
        database.execute(Role.MIGRATOR, RowLevelTables.ROWS);
    }

    @BeforeEach
    void openPool(TestDatabase database) {
        var config = new HikariConfig();
        config.setDriverClassName(binder.driverClass());
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(Role.APP.login());
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(300);
        pool = new HikariDataSource(config);
    }

    @AfterEach
    void closePool() throws SQLException {
        for (var connection : held) {
            connection.close();
        }
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        pool.close();
    }

    @Test
    void RX_01_a_tenant_that_takes_all_it_can_leaves_connections_to_the_others() throws SQLException {
        var shared = tenants(TenantShares.of(pool, SHORT));
        take(2, ACME, shared);

        assertThatThrownBy(() -> take(1, ACME, shared))
                .isInstanceOf(TenantCapacityException.class)
                .hasMessageContaining("uses 2 of the pool's 10");
        take(2, GLOBEX, shared);
        take(1, RowLevelTest.tenant("initech"), shared);
        var last = held.get(3);
        TenantContext.<SQLException>runAs(
                GLOBEX,
                () -> assertThat(RowLevelTest.rows(last, RowLevelTest.READ)).hasSize(2));
    }

    @Test
    void RX_01_control_without_shares_it_takes_them_all() throws SQLException {
        var plain = tenants(pool);
        take(10, ACME, plain);

        assertThatThrownBy(() -> take(1, GLOBEX, plain)).hasCauseInstanceOf(SQLTransientConnectionException.class);
    }

    @Test
    void who_waits_gets_what_another_gives_back_and_nothing_is_kept_of_those_who_are_gone() throws SQLException {
        var shares = TenantShares.over(pool, 10, PATIENT);
        var shared = tenants(shares.asDataSource());
        take(2, ACME, shared);
        var waiting = CompletableFuture.supplyAsync(() -> lent(ACME, shared), task -> new Thread(task).start());
        Await.until("somebody waits", () -> shares.waiting(ACME.id()) == 1);

        held.remove(0).close();

        held.add(waiting.join());
        assertThat(shares.known()).isOne();
        for (var connection : held) {
            connection.close();
            connection.close(); // gives back once
        }
        assertThat(shares.known()).isZero();
    }

    @Test
    void those_who_wait_are_served_in_the_order_in_which_they_came() throws SQLException {
        var shares = TenantShares.over(pool, 10, PATIENT);
        var shared = tenants(shares.asDataSource());
        take(2, ACME, shared);
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        var all = new ArrayList<CompletableFuture<Void>>();
        for (var number = 1; number <= 5; number++) {
            var own = number;
            all.add(CompletableFuture.runAsync(() -> useInTurn(own, order, shared), task -> new Thread(task).start()));
            Await.until("they wait", () -> shares.waiting(ACME.id()) == own);
        }

        held.remove(0).close();

        all.forEach(CompletableFuture::join);
        assertThat(order).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void nobody_gets_ahead_of_those_who_wait() throws SQLException {
        var shares = TenantShares.over(pool, 10, PATIENT);
        var shared = tenants(shares.asDataSource());
        for (var time = 0; time < 20; time++) {
            take(2, ACME, shared);
            var order = Collections.synchronizedList(new ArrayList<Integer>());
            var waiting =
                    CompletableFuture.runAsync(() -> useInTurn(1, order, shared), task -> new Thread(task).start());
            Await.until("it waits", () -> shares.waiting(ACME.id()) == 1);

            held.remove(1).close();
            useInTurn(2, order, shared);

            waiting.join();
            assertThat(order).containsExactly(1, 2);
            held.remove(0).close();
        }
    }

    @Test
    void who_nests_transactions_waits_for_nobody_and_gives_back_all() throws SQLException {
        var shares = TenantShares.over(pool, 10, SHORT);
        var shared = tenants(shares.asDataSource());
        take(1, ACME, shared);
        for (var time = 0; time < 3; time++) {
            try (var outer = lent(ACME, shared);
                    var middle = lent(ACME, shared);
                    var inner = lent(ACME, shared)) {
                assertThatThrownBy(() -> take(1, ACME, shared)).isInstanceOf(TenantCapacityException.class);
                middle.close();
                assertThatThrownBy(() -> take(1, ACME, shared)).isInstanceOf(TenantCapacityException.class);
                outer.close();
                take(1, ACME, shared);
                held.remove(1).close();
            }
        }
        held.remove(0).close();
        assertThat(shares.known()).isZero();
    }

    @Test
    void a_place_is_given_back_once_however_often_a_connection_is_closed() throws SQLException {
        var shared = TenantShares.of(pool, SHORT);
        take(1, ACME, shared);
        take(1, ACME, shared);
        var twice = held.get(1);
        twice.close();
        twice.close();
        take(1, ACME, shared);

        assertThatThrownBy(() -> take(1, ACME, shared)).isInstanceOf(TenantCapacityException.class);
    }

    @Test
    void a_connection_that_was_evicted_or_never_came_takes_no_place() throws SQLException {
        var shared = tenants(TenantShares.of(pool, SHORT));
        for (var time = 0; time < 5; time++) {
            var connection = lent(ACME, shared);
            assertThatThrownBy(() -> TenantContext.<SQLException>runAs(
                            GLOBEX, () -> RowLevelTest.run(connection, RowLevelTest.READ)))
                    .isInstanceOf(TenantMismatchException.class);
            connection.close();
        }
        var broken = tenants(TenantShares.of(failing(), 10, SHORT));
        for (var time = 0; time < 5; time++) {
            assertThatThrownBy(() -> take(1, ACME, broken))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("no connection");
        }
    }

    @Test
    void an_interrupted_wait_ends_and_takes_no_place() throws Exception {
        var shares = TenantShares.over(pool, 10, PATIENT);
        var shared = tenants(shares.asDataSource());
        take(2, ACME, shared);
        var failure = new CompletableFuture<Throwable>();
        var waiting = new Thread(() -> {
            try {
                TenantContext.callAs(ACME, shared::getConnection).close();
            } catch (SQLException interrupted) {
                failure.complete(Thread.currentThread().isInterrupted() ? interrupted : null);
            }
        });
        waiting.start();
        Await.until("it waits", () -> shares.waiting(ACME.id()) == 1);

        waiting.interrupt();

        assertThat(failure.join()).hasMessageContaining("Interrupted");
        for (var connection : held) {
            connection.close();
        }
        assertThat(shares.known()).isZero();
    }

    @Test
    void work_without_a_tenant_has_no_share() throws SQLException {
        var shared = tenants(TenantShares.of(pool, SHORT));
        for (var time = 0; time < 8; time++) {
            held.add(shared.getConnection());
        }
        take(2, ACME, shared);
    }

    private DataSource failing() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new SQLException("no connection");
                });
    }

    private TenantDataSource tenants(DataSource shared) {
        var bound = binder.of(IsolationConfig.DEFAULTS);
        var registry = new IsolationStrategyRegistry();
        registry.register(new RowLevelIsolationStrategy(shared, bound));
        return TenantDataSource.of(pool, bound, registry, () -> true);
    }

    private void take(int connections, Tenant tenant, DataSource shared) throws SQLException {
        for (var time = 0; time < connections; time++) {
            var borrowing = new FutureTask<>(() -> TenantContext.callAs(tenant, shared::getConnection));
            new Thread(borrowing).start(); // each is another request
            held.add(result(borrowing));
        }
    }

    private static Connection result(FutureTask<Connection> borrowing) throws SQLException {
        try {
            return borrowing.get();
        } catch (ExecutionException | InterruptedException failure) {
            if (failure.getCause() instanceof TenantCapacityException refused) {
                throw refused;
            }
            throw new SQLException(failure.getCause());
        }
    }

    private static void useInTurn(int number, List<Integer> order, DataSource shared) {
        try (var connection = lent(ACME, shared)) {
            order.add(number);
            TenantContext.<SQLException>runAs(ACME, () -> RowLevelTest.run(connection, RowLevelTest.READ));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Connection lent(Tenant tenant, DataSource shared) {
        try {
            return TenantContext.callAs(tenant, shared::getConnection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
