package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every binder has to keep: whatever an application does on a bound connection, it observes what it would observe on
 * a plain connection of the driver. Those of the plain driver are bound by a setting of their session, which a binder
 * never uses.
 */
@ParameterizedClass
@MethodSource("binders")
class BinderContractTest extends RowLevelTest {

    private static final int TIMES = 7; // the driver prepares on the server from the fifth execution on

    private final ExecutorService helper = Executors.newSingleThreadExecutor();
    private TenantDataSource bound;
    private String url = "";
    private TestDatabase server;

    @Parameter(1)
    DriverMode mode;

    static Stream<Arguments> binders() {
        return Arrays.stream(BinderUnderTest.values())
                .flatMap(binder -> Arrays.stream(DriverMode.values()).map(mode -> Arguments.of(binder, mode)));
    }

    @BeforeEach
    void connect(TestDatabase database) {
        server = database;
        pool.close();
        url = database.jdbcUrl() + "?" + mode.properties();
        pool = poolOfOne(url, binder);
        bound = bound(pool);
    }

    @AfterEach
    void stopHelper() {
        helper.shutdownNow();
    }

    static Stream<Arguments> scenarios() {
        return Stream.concat(StatementScenarios.list().stream(), ResultScenarios.list().stream())
                .flatMap(scenario -> Stream.of(Arguments.of(scenario, true), Arguments.of(scenario, false)));
    }

    @ParameterizedTest(name = "{0}, autocommit {1}")
    @MethodSource("scenarios")
    void a_bound_connection_behaves_as_a_plain_one(Scenario scenario, boolean autoCommit) throws SQLException {
        behavesAlike(scenario, autoCommit, TIMES);
    }

    @Test
    void a_cancelled_statement_is_the_same_failure() throws SQLException {
        var cancelled = new Scenario("cancel", (connection, observed) -> {
            try (var statement = connection.createStatement()) {
                var cancel = cancelWhenItRuns(connection, statement);
                sleep(statement, observed);
                assertThat(cancel).succeedsWithin(Duration.ofSeconds(20));
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                observed.accept(rows(connection, READ));
            }
        });
        behavesAlike(cancelled, true, TIMES);
        behavesAlike(cancelled, false, TIMES);
    }

    @Test
    void a_time_out_is_the_same_failure() throws SQLException {
        var timeOut = new Scenario("time-out", (connection, observed) -> {
            try (var statement = connection.createStatement()) {
                statement.setQueryTimeout(1);
                sleep(statement, observed);
                observed.accept(statement.getQueryTimeout());
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                observed.accept(rows(connection, READ));
            }
        });
        behavesAlike(timeOut, true, 1);
        behavesAlike(timeOut, false, 1);
    }

    @Test
    void without_a_binder_the_same_connections_reach_nothing() {
        assertThatThrownBy(() -> notes(pool)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
    }

    private void behavesAlike(Scenario scenario, boolean autoCommit, int times) throws SQLException {
        List<Object> expected;
        server.execute(Role.MIGRATOR, RowLevelTables.ROWS);
        var boundBySession = url + "&options=-c%20tenancy.tenant_id=acme";
        try (var connection = DriverManager.getConnection(boundBySession, Role.APP.login(), "")) {
            expected = observe(connection, scenario, autoCommit, times);
        }
        server.execute(Role.MIGRATOR, RowLevelTables.ROWS);
        var actual = TenantContext.<List<Object>, SQLException>callAs(ACME, () -> {
            try (var connection = bound.getConnection()) {
                return observe(connection, scenario, autoCommit, times);
            }
        });

        if (deviates(scenario, autoCommit)) {
            assertThat(actual).usingRecursiveComparison().isNotEqualTo(expected);
        } else {
            assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
        }
        assertThat(actual.toString()).contains("acme").doesNotContain("globex");
        assertThat(notesOf(GLOBEX, bound)).containsExactly("globex 1", "globex 2");
    }

    /** What the scenario tells, several times over, and the rows that are there afterwards. */
    private static List<Object> observe(Connection connection, Scenario scenario, boolean autoCommit, int times)
            throws SQLException {
        var observed = new ArrayList<>();
        connection.setAutoCommit(autoCommit);
        for (var time = 0; time < times; time++) {
            observed.add(scenario.observe(connection));
            if (!autoCommit && time % 3 == 2) {
                connection.commit();
            }
        }
        connection.setAutoCommit(true);
        observed.add(rows(connection, READ));
        return observed;
    }

    /** Whether the binder is known to behave otherwise here. */
    private boolean deviates(Scenario scenario, boolean autoCommit) {
        // Entry by entry in the driver's simple mode; as a whole or not at all if it is bound.
        return mode == DriverMode.SIMPLE && autoCommit && scenario.name().equals("a batch that fails");
    }

    private static void sleep(Statement statement, Consumer<Object> observed) {
        try {
            statement.execute("select pg_sleep(60)");
        } catch (SQLException failure) {
            observed.accept(failure.getSQLState());
        }
    }

    private Future<?> cancelWhenItRuns(Connection connection, Statement statement) throws SQLException {
        var running = "select 1 from pg_stat_activity where state = 'active' and query like '%pg_sleep(60)%' and pid = "
                + rows(connection, "select pg_backend_pid()").get(0);
        return helper.submit(() -> {
            var superuser = server.as(Role.SUPERUSER);
            var deadline = System.nanoTime() + 15_000_000_000L;
            while (rows(superuser, running).isEmpty() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            statement.cancel();
            return true;
        });
    }
}
