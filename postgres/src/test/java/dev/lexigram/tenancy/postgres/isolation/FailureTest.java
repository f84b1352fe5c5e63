package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever fails, and wherever, the next borrower finds nothing of it. */
@EnumSource
class FailureTest extends RowLevelTest {

    private static TestDatabase server;

    interface Fault {
        void strike(Connection connection) throws SQLException;
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("a statement in autocommit", connection -> run(connection, "select 1/0")),
                fault("a refused row", connection -> run(connection, "insert into note (body) values (null)")),
                fault(
                        "a row for another",
                        connection ->
                                run(connection, "insert into note (tenant_id, body) values ('globex', 'smuggled')")),
                fault("a statement in a transaction", connection -> {
                    connection.setAutoCommit(false);
                    run(connection, "insert into note (body) values ('half done')");
                    run(connection, "select 1/0");
                }),
                fault("a commit", connection -> {
                    connection.setAutoCommit(false);
                    run(connection, "update note set rank = 1");
                    connection.commit();
                }),
                fault("a fetch", connection -> {
                    connection.setAutoCommit(false);
                    try (var statement = connection.createStatement()) {
                        statement.setFetchSize(1);
                        var rows = statement.executeQuery("select 1 / (3 - i) from generate_series(1, 9) as i");
                        while (rows.next()) {
                            rows.getInt(1);
                        }
                    }
                }),
                fault("a batch", connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.addBatch("insert into note (body) values ('first of a batch')");
                        statement.addBatch("select 1/0");
                        statement.executeBatch();
                    }
                }),
                fault("a time-out", connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.setQueryTimeout(1);
                        statement.execute("select pg_sleep(30)");
                    }
                }),
                fault("the server's end of a transaction", connection -> {
                    connection.setAutoCommit(false);
                    run(connection, "insert into note (body) values ('half done')");
                    terminate(connection);
                    run(connection, "select 1");
                }),
                fault("the server's end before a commit", connection -> {
                    connection.setAutoCommit(false);
                    run(connection, "insert into note (body) values ('half done')");
                    terminate(connection);
                    connection.commit();
                }),
                fault("the server's end before a rollback", connection -> {
                    connection.setAutoCommit(false);
                    run(connection, "insert into note (body) values ('half done')");
                    terminate(connection);
                    connection.rollback();
                }),
                fault("an exception of the application", connection -> {
                    connection.setAutoCommit(false);
                    run(connection, "insert into note (body) values ('half done')");
                    throw new IllegalStateException("the application's own");
                }),
                fault("an error of the machine", connection -> {
                    connection.setAutoCommit(false);
                    run(connection, "insert into note (body) values ('half done')");
                    throw new StackOverflowError("the machine's own");
                }),
                fault("an interrupted thread", connection -> {
                    Thread.currentThread().interrupt();
                    connection.setAutoCommit(false);
                    run(connection, "insert into note (body) values ('half done')");
                    throw new IllegalStateException("interrupted: " + Thread.interrupted());
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void CX_10_nothing_leaks_after_a_failure_of(String what, Fault fault, TestDatabase database) throws SQLException {
        server = database;
        assertThatThrownBy(() -> TenantContext.<SQLException>runAs(ACME, () -> {
                    try (var connection = tenants.getConnection()) {
                        fault.strike(connection);
                    }
                }))
                .isNotNull();

        assertThat(TenantContext.current()).isEmpty();
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
        assertThatThrownBy(() -> notes(tenants)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2");
    }

    @Test
    void CX_10_without_the_library_a_setting_that_a_failure_keeps_from_being_reset_leaks() throws SQLException {
        assertThatThrownBy(() -> {
                    try (var raw = pool.getConnection()) {
                        run(raw, "select public.become('acme', false)");
                        run(raw, "select 1/0");
                        run(raw, "select public.become('', false)");
                    }
                })
                .isInstanceOf(SQLException.class);

        assertThat(notes(pool)).containsExactly("acme 1", "acme 2");
    }

    @Test
    void CN_19_a_connection_that_cannot_be_reset_is_not_lent_out_again(TestDatabase database) throws SQLException {
        server = database;
        var careless = new OnePhysicalConnection(binder.connections(database, Role.APP));
        try (var raw = careless.getConnection()) {
            raw.setAutoCommit(false);
            terminateAs(raw);
        }
        assertThatThrownBy(() -> rows(careless, "select 1"))
                .as("without the library")
                .isInstanceOf(SQLException.class);

        for (var lender : new DataSource[] {careless, pool}) {
            var bound = bound(lender);
            TenantContext.<SQLException>runAs(ACME, () -> {
                try (var connection = bound.getConnection()) {
                    connection.setAutoCommit(false);
                    run(connection, "insert into note (body) values ('half done')");
                    terminate(connection);
                }
            });
            assertThat(notesOf(GLOBEX, bound)).containsExactly("globex 1", "globex 2");
        }
        careless.end();
    }

    @Test
    void CN_19_an_evicted_connection_is_never_the_next_borrowers(TestDatabase database) throws SQLException {
        var careless = new OnePhysicalConnection(binder.connections(database, Role.APP));
        for (var lender : new DataSource[] {careless, pool}) {
            var bound = bound(lender);
            for (var time = 0; time < 10; time++) {
                runAs(ACME, bound, "set application_name = 'left behind'");
                assertThat(notesOf(GLOBEX, bound)).containsExactly("globex 1", "globex 2");
            }
        }
        careless.end();
    }

    @Test
    void a_connection_that_cannot_be_bound_is_not_given_out() throws SQLException {
        var closed = pool.getConnection();
        closed.close();

        assertThatThrownBy(() -> binder.of(IsolationConfig.DEFAULTS).bind(closed, Optional.of(ACME)))
                .isInstanceOf(SQLException.class);
    }

    private static void terminateAs(Connection connection) throws SQLException {
        run(connection, "select public.become('acme', true)");
        terminate(connection);
    }

    private static void terminate(Connection connection) throws SQLException {
        var backend = rows(connection, "select pg_backend_pid()").get(0);
        server.execute(Role.SUPERUSER, "select pg_terminate_backend(" + backend + ", 10000)");
    }

    private static Arguments fault(String what, Fault fault) {
        return Arguments.of(what, fault);
    }
}
