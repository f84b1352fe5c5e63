package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
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
 * never uses. How many round trips each takes is written to a document.
 */
@TenancyTest
@ParameterizedClass
@MethodSource("binders")
class BinderContractTest {

    static final int TIMES = 7; // the driver prepares on the server from the fifth execution on

    private static ContractDatabase server;
    private static RoundTripTable table;

    private final ExecutorService helper = Executors.newSingleThreadExecutor();

    @Parameter(0)
    BinderUnderTest binder;

    @Parameter(1)
    DriverMode mode;

    static Stream<Arguments> binders() {
        var plain =
                EnumSet.of(DriverMode.ORDINARY, DriverMode.PREPARED_AT_ONCE, DriverMode.SIMPLE, DriverMode.AUTOSAVE);
        return Arrays.stream(BinderUnderTest.values())
                .flatMap(binder -> Arrays.stream(DriverMode.values())
                        .filter(mode -> binder == BinderUnderTest.DRIVER || plain.contains(mode))
                        .map(mode -> Arguments.of(binder, mode)));
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(StatementScenarios.list(), ResultScenarios.list(), SessionScenarios.list())
                .flatMap(List::stream);
    }

    @BeforeAll
    static void open(TestDatabase database) throws IOException, SQLException {
        server = new ContractDatabase(database);
        table = new RoundTripTable();
    }

    @AfterAll
    static void close() throws IOException, SQLException {
        server.close();
        table.checkExtras();
        table.publish();
    }

    @BeforeEach
    void reset() throws SQLException {
        server.reset();
    }

    @AfterEach
    void stopHelper() {
        helper.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void a_bound_connection_behaves_as_a_plain_one(Scenario scenario) throws SQLException {
        for (var autoCommit : new boolean[] {true, false}) {
            if (binder == BinderUnderTest.DRIVER || !scenario.inDriverOnly()) {
                behavesAlike(scenario, autoCommit, TIMES);
            }
        }
    }

    @Test
    void a_cancelled_statement_is_the_same_failure() throws SQLException {
        var cancelled = new Scenario("cancelled statements", (connection, observed) -> {
            try (var statement = connection.createStatement()) {
                var cancel = cancelWhenItRuns(connection, statement);
                sleep(statement, observed);
                assertThat(cancel).succeedsWithin(Duration.ofSeconds(20));
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                observed.accept(rows(connection));
            }
        });
        behavesAlike(cancelled, true, TIMES);
        behavesAlike(cancelled, false, TIMES);
    }

    @Test
    void a_time_out_is_the_same_failure() throws SQLException {
        var timeOut = new Scenario("a time-out", (connection, observed) -> {
            try (var statement = connection.createStatement()) {
                statement.setQueryTimeout(1);
                sleep(statement, observed);
                observed.accept(statement.getQueryTimeout());
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                observed.accept(rows(connection));
            }
        });
        behavesAlike(timeOut, true, 1);
        behavesAlike(timeOut, false, 1);
    }

    @Test
    void a_table_that_changes_between_executions_is_the_same_to_both() throws SQLException {
        var changed = new Scenario("a changed table", (connection, observed) -> {
            server.asMigrator("drop table side.changing; create table side.changing as select 'acme' as body;"
                    + " grant select on side.changing to tenancy_app");
            try (var statement = connection.prepareStatement("select * from side.changing")) {
                for (var time = 0; time < TIMES; time++) {
                    observed.accept(Scenario.all(statement.executeQuery()));
                    if (!connection.getAutoCommit()) {
                        connection.commit();
                    }
                    server.asMigrator("alter table side.changing add column added_" + time + " text default 'acme'");
                }
            }
        });
        for (var autoCommit : new boolean[] {true, false}) {
            behavesAlike(changed, autoCommit, 1);
        }
    }

    @Test
    void without_a_binder_the_same_connections_reach_nothing() {
        var unbound = server.itself().as(Role.APP);

        assertThatThrownBy(() -> RowLevelTest.notes(unbound))
                .hasFieldOrPropertyWithValue("SQLState", RowLevelTest.UNBOUND);
    }

    private void behavesAlike(Scenario scenario, boolean autoCommit, int times) throws SQLException {
        List<Object> expected;
        server.reset();
        try (var connection = server.ofTheDriver(mode)) {
            expected = measured(connection, scenario, autoCommit, times, null);
        }
        server.reset();
        var bound = server.bound(binder, mode);
        var actual = TenantContext.<List<Object>, SQLException>callAs(RowLevelTest.ACME, () -> {
            try (var connection = bound.getConnection()) {
                return measured(connection, scenario, autoCommit, times, binder);
            }
        });

        if (deviates(scenario, autoCommit)) {
            assertThat(actual).usingRecursiveComparison().isNotEqualTo(expected);
        } else {
            assertThat(actual)
                    .as(scenario.name() + ", autocommit " + autoCommit)
                    .usingRecursiveComparison()
                    .isEqualTo(expected);
        }
        assertThat(actual.toString()).contains("acme").doesNotContain("globex");
        assertThat(RowLevelTest.notesOf(RowLevelTest.GLOBEX, bound)).containsExactly("globex 1", "globex 2");
    }

    private List<Object> measured(
            Connection connection, Scenario scenario, boolean autoCommit, int times, @Nullable BinderUnderTest bound)
            throws SQLException {
        var before = server.roundTrips();
        var observed = observe(connection, scenario, autoCommit, times);
        table.add(mode, scenario.name(), autoCommit, bound, server.roundTrips() - before);
        return observed;
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
        observed.add(rows(connection));
        return observed;
    }

    /** Whether what is bound is known to behave otherwise here. */
    private boolean deviates(Scenario scenario, boolean autoCommit) {
        return switch (scenario.name()) {
            // Entry by entry in the driver's simple mode; as a whole or not at all if it is bound.
            case "a batch that fails" -> mode == DriverMode.SIMPLE && autoCommit;
            // In a text that goes as it is, nothing can be put between the statements: refused.
            case "transactions among several statements" -> mode.sendsWholeTexts();
            // A plan that no longer fits: the driver heals that by itself, but not in the plain binder's transaction.
            case "a changed table" -> binder == BinderUnderTest.PLAIN && autoCommit && mode.keepsPlans();
            default -> false;
        };
    }

    private static List<String> rows(Connection connection) throws SQLException {
        return RowLevelTest.rows(connection, RowLevelTest.READ);
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
                + RowLevelTest.rows(connection, "select pg_backend_pid()").get(0);
        return helper.submit(() -> {
            var superuser = server.itself().as(Role.SUPERUSER);
            var deadline = System.nanoTime() + 15_000_000_000L;
            while (RowLevelTest.rows(superuser, running).isEmpty() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            statement.cancel();
            return true;
        });
    }
}
