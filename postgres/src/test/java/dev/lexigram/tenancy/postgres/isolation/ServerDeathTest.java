package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.postgres.faults.PrivateServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A server whose processes end at any moment, by order and by SIGKILL, and that comes back. */
@EnumSource
class ServerDeathTest extends RowLevelTest {

    private static final String SLOW_COMMIT = """
            create function public.linger() returns trigger language plpgsql as
              $$ begin perform pg_sleep(60); return null; end $$;
            create constraint trigger linger after insert on public.note deferrable initially deferred
              for each row when (new.body = 'slow to commit') execute function public.linger();
            """;

    private static PrivateServer server;

    private final ExecutorService worker = Executors.newSingleThreadExecutor();

    /** How a server process ends. */
    enum Death {
        TERMINATED,
        BACKEND_KILLED,
        POSTMASTER_KILLED;

        void strike(long backend) {
            switch (this) {
                case TERMINATED ->
                    server.execute(Role.SUPERUSER, "select pg_terminate_backend(" + backend + ", 10000)");
                case BACKEND_KILLED -> server.killBackend(backend);
                case POSTMASTER_KILLED -> {
                    server.killPostmaster();
                    server.restart();
                }
            }
        }
    }

    /** What a tenant's connection is doing at that moment. */
    enum Moment {
        IDLE_IN_A_TRANSACTION,
        IN_A_STATEMENT,
        IN_A_STATEMENT_IN_AUTOCOMMIT,
        IN_A_COMMIT;

        void reach(Connection connection) throws SQLException {
            connection.setAutoCommit(this == IN_A_STATEMENT_IN_AUTOCOMMIT);
            if (this == IN_A_STATEMENT_IN_AUTOCOMMIT) {
                run(
                        connection,
                        "with lost as (insert into note (body) values ('lost') returning 1)"
                                + " select pg_sleep(60) from lost");
            }
            run(connection, "insert into note (body) values ('lost')");
            if (this == IN_A_STATEMENT) {
                run(connection, "select pg_sleep(60)");
            } else if (this == IN_A_COMMIT) {
                run(connection, "insert into note (body) values ('slow to commit')");
                connection.commit();
            }
        }
    }

    static Stream<Arguments> deaths() {
        return Stream.of(Death.values())
                .flatMap(death -> Stream.of(Moment.values()).map(moment -> Arguments.of(death, moment)));
    }

    @BeforeAll
    static void startServer() {
        server = PrivateServer.start();
        server.execute(Role.MIGRATOR, RowLevelTables.DDL + SLOW_COMMIT);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    String url(TestDatabase ignored) {
        return server.jdbcUrl();
    }

    @BeforeEach
    void createRows() {
        server.execute(Role.MIGRATOR, RowLevelTables.ROWS);
    }

    @AfterEach
    void stopWorker() {
        worker.shutdownNow();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("deaths")
    void CN_18_nothing_of_a_transaction_is_left_when_its_server_dies(Death death, Moment moment) throws Exception {
        runAs(ACME, tenants, "insert into note (body) values ('acknowledged')");
        try (var bystanders = poolOfOne(server.jdbcUrl(), binder)) {
            var others = bound(bystanders);
            assertThat(notesOf(GLOBEX, others)).containsExactly("globex 1", "globex 2");

            var failure = failureOf(death, moment);

            assertThat(failure).isInstanceOf(SQLException.class);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
            assertThatThrownBy(() -> notes(tenants)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
            assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2", "acknowledged");
            Await.until("a living connection of the others", () -> answers(others));
            assertThat(notesOf(GLOBEX, others)).containsExactly("globex 1", "globex 2");
        }
    }

    @Test
    void CN_18_work_that_goes_on_on_another_connection_goes_on_as_the_same_tenant() throws SQLException {
        pool.setMaximumPoolSize(2);
        try (var first = pool.getConnection()) {
            run(first, "select public.become('acme', false)");
            try (var second = pool.getConnection()) {
                run(second, "select public.become('globex', false)");
            }
            Death.TERMINATED.strike(Long.parseLong(backend(first)));
            assertThatThrownBy(() -> rows(first, READ)).isInstanceOf(SQLException.class);
        }
        assertThat(notes(pool)).as("without the library").containsExactly("globex 1", "globex 2");

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var first = tenants.getConnection()) {
                Death.TERMINATED.strike(Long.parseLong(backend(first)));
                assertThatThrownBy(() -> rows(first, READ)).isInstanceOf(SQLException.class);
            }
            assertThat(notes(tenants)).containsExactly("acme 1", "acme 2");
        });
    }

    private Throwable failureOf(Death death, Moment moment) throws Exception {
        var backend = new CompletableFuture<String>();
        var reached = new CountDownLatch(1);
        var dead = new CountDownLatch(1);
        var failure = worker.submit(() -> catchThrowable(() -> TenantContext.<Exception>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                backend.complete(backend(connection));
                moment.reach(connection);
                reached.countDown();
                dead.await();
                run(connection, "select 1");
            }
        })));

        var pid = backend.get(20, TimeUnit.SECONDS);
        var sleeps = "select pid from pg_stat_activity where wait_event = 'PgSleep' and pid = " + pid;
        Await.until(
                "the moment",
                () -> reached.getCount() == 0
                        || !rows(server.as(Role.SUPERUSER), sleeps).isEmpty());
        death.strike(Long.parseLong(pid));
        dead.countDown();
        return failure.get(20, TimeUnit.SECONDS);
    }

    private static String backend(Connection connection) throws SQLException {
        return rows(connection, "select pg_backend_pid()").get(0);
    }

    private static boolean answers(DataSource dataSource) {
        try {
            return notesOf(GLOBEX, dataSource).size() == 2;
        } catch (SQLException dead) {
            return false;
        }
    }
}
