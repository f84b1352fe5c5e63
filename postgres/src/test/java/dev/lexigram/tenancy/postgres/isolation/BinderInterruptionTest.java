package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.testkit.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements that are ended from outside. */
@MethodSource("binders")
class BinderInterruptionTest extends BinderComparison {

    private final ExecutorService helper = Executors.newSingleThreadExecutor();

    static Stream<Arguments> binders() {
        return Arrays.stream(BinderUnderTest.values())
                .flatMap(binder ->
                        Stream.of(DriverMode.ORDINARY, DriverMode.AUTOSAVE).map(mode -> Arguments.of(binder, mode)));
    }

    @AfterEach
    void stopHelper() {
        helper.shutdownNow();
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
        behavesAlike(cancelled, TIMES);
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
        behavesAlike(timeOut, 1);
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
