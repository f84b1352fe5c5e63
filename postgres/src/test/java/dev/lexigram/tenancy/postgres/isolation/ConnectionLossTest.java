package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.faults.FaultProxy.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.postgres.faults.FaultProxy;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A network that resets a connection, or falls silent, in the middle of a tenant's work. */
@EnumSource
class ConnectionLossTest extends RowLevelTest {

    private static final String ONE_SECOND = "?socketTimeout=1";

    private FaultProxy proxy;

    /** What the application does when the fault strikes, after a first statement. */
    interface Use {
        void of(Connection connection) throws SQLException;
    }

    static Stream<Arguments> uses() {
        return Stream.of(
                Arguments.of("a statement in autocommit", true, (Use) connection -> rows(connection, READ)),
                Arguments.of("a statement in a transaction", false, (Use) connection -> rows(connection, READ)),
                Arguments.of("a rollback", false, (Use) Connection::rollback),
                Arguments.of("a savepoint", false, (Use) Connection::setSavepoint));
    }

    @Override
    String url(TestDatabase database) {
        proxy = FaultProxy.before(database.jdbcUrl());
        return proxy.jdbcUrl() + ONE_SECOND;
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void CN_18_a_reset_connection_fails_and_is_never_the_next_borrowers(String what, boolean autoCommit, Use use)
            throws SQLException {
        var before = backend(tenants);

        failsAs("08", autoCommit, connection -> {
            proxy.reset();
            use.of(connection);
        });

        nothingIsLeft(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void CN_18_a_silent_connection_fails_by_the_drivers_time_out_and_is_never_the_next_borrowers(
            String what, boolean autoCommit, Use use) throws SQLException {
        var before = backend(tenants);

        failsAs("08", autoCommit, connection -> {
            proxy.stall();
            use.of(connection);
        });
        proxy.heal();

        nothingIsLeft(before);
    }

    @Test
    void CN_18_a_connection_that_falls_silent_before_it_is_returned_is_never_the_next_borrowers() throws SQLException {
        var before = backend(tenants);

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "insert into note (body) values ('half done')");
                proxy.stall();
            }
        });
        proxy.heal();

        nothingIsLeft(before);
    }

    @Test
    void CN_18_without_the_drivers_time_out_a_silent_connection_holds_its_thread() throws Exception {
        try (var patient = poolOfOne(proxy.jdbcUrl(), binder)) {
            rows(patient, "select 1");
            proxy.stall();

            var held = CompletableFuture.supplyAsync(() -> uncheckedRows(patient));
            Await.until("the request of the held thread", () -> proxy.hasStruck(TO_SERVER));
            assertThatThrownBy(() -> rows(pool, "select 1")).isInstanceOf(SQLException.class);
            assertThat(held).isNotDone();

            proxy.heal();
            Await.until("the answer to the held thread", held::isDone);
        }
    }

    @Test
    void CN_18_a_commit_into_silence_is_a_failure_and_stores_its_row_at_most_once() throws SQLException {
        failsAs("08", false, connection -> {
            proxy.stall();
            connection.commit();
        });
        proxy.heal();

        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
        assertThat(notesOf(ACME, tenants)).startsWith("acme 1", "acme 2").hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void CN_18_a_transaction_that_a_lost_connection_leaves_open_elsewhere_is_nobodys(TestDatabase database)
            throws SQLException {
        var careless = new OnePhysicalConnection(binder.connections(database, Role.APP));
        assertThatThrownBy(() -> {
                    try (var raw = careless.getConnection();
                            var lost = pool.getConnection()) {
                        raw.setAutoCommit(false);
                        run(raw, "select public.become('acme', true)");
                        proxy.reset();
                        rows(lost, "select 1");
                    }
                })
                .isInstanceOf(SQLException.class);
        assertThat(notes(careless)).as("without the library").containsExactly("acme 1", "acme 2");
        careless.end();

        var bound = bound(careless);
        failsAs("08", false, lost -> {
            try (var connection = bound.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "insert into note (body) values ('half done')");
                proxy.reset();
                rows(lost, "select 1");
            }
        });
        assertThatThrownBy(() -> notes(bound)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        assertThat(notesOf(GLOBEX, bound)).containsExactly("globex 1", "globex 2");
        assertThat(notesOf(ACME, bound)).containsExactly("acme 1", "acme 2");
        careless.end();
    }

    private void failsAs(String state, boolean autoCommit, Use use) {
        assertThatThrownBy(() -> TenantContext.<SQLException>runAs(ACME, () -> {
                    try (var connection = tenants.getConnection()) {
                        connection.setAutoCommit(autoCommit);
                        run(connection, autoCommit ? "select 1" : "insert into note (body) values ('half done')");
                        use.of(connection);
                    }
                }))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).startsWith(state));
    }

    private void nothingIsLeft(String before) throws SQLException {
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
        assertThatThrownBy(() -> notes(tenants)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        assertThat(backend(tenants))
                .as("the next borrower has another connection")
                .isNotEqualTo(before);
        // What had reached the server before the silence ends with its connection, which may take it a moment.
        Await.until("the end of the transaction", () -> !notesOf(ACME, tenants).contains("half done"));
    }

    private static Object uncheckedRows(DataSource dataSource) {
        try {
            return rows(dataSource, "select 1");
        } catch (SQLException failure) {
            return failure;
        }
    }
}
