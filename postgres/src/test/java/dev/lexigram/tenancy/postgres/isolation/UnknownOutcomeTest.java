package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.faults.FaultProxy.Direction.TO_CLIENT;
import static dev.lexigram.tenancy.postgres.faults.FaultProxy.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.postgres.faults.FaultProxy;
import dev.lexigram.tenancy.postgres.faults.FaultProxy.Direction;
import dev.lexigram.tenancy.postgres.faults.FaultProxy.Fault;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A connection that is cut at any byte of what stores a row: the application learns that it does not know the outcome,
 * and nobody tries again on its behalf.
 */
@EnumSource
class UnknownOutcomeTest extends RowLevelTest {

    private static final int POINTS = 24;

    private FaultProxy proxy;
    private Connection superuser;
    private int written;

    /** What an application can know, and what is true. */
    enum Outcome {
        STORED,
        FAILED_AND_NOT_STORED,
        FAILED_BUT_STORED
    }

    @Override
    String url(TestDatabase database) {
        proxy = FaultProxy.before(database.jdbcUrl());
        return proxy.jdbcUrl();
    }

    @BeforeEach
    void countAsSuperuser(TestDatabase database) throws SQLException {
        superuser = database.as(Role.SUPERUSER).getConnection();
    }

    @AfterEach
    void closeProxy() throws SQLException {
        superuser.close();
        proxy.close();
    }

    @ParameterizedTest(name = "in autocommit {0}")
    @ValueSource(booleans = {false, true})
    void CN_18_a_cut_on_the_way_to_the_server_is_a_failure_and_stores_at_most_once(boolean autoCommit)
            throws SQLException {
        assertThat(outcomesOfCuts(TO_SERVER, autoCommit)).contains(Outcome.FAILED_AND_NOT_STORED);
    }

    @ParameterizedTest(name = "in autocommit {0}")
    @ValueSource(booleans = {false, true})
    void CN_18_a_cut_on_the_way_back_is_a_failure_although_the_row_may_be_stored(boolean autoCommit)
            throws SQLException {
        assertThat(outcomesOfCuts(TO_CLIENT, autoCommit)).contains(Outcome.FAILED_BUT_STORED);
    }

    @Test
    void CN_18_without_the_library_an_application_that_tries_again_stores_twice() throws SQLException {
        for (var attempt = 0; attempt < 2; attempt++) {
            try (var connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "select public.become('acme', true)");
                run(connection, "insert into note (body) values ('twice')");
                var backend = rows(connection, "select pg_backend_pid()").get(0);
                if (attempt == 0) {
                    proxy.breakAfter(0, TO_CLIENT, Fault.RESET);
                    assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
                    awaitEndOf(backend);
                } else {
                    connection.commit();
                }
            }
        }

        assertThat(stored("twice")).isEqualTo(2);
    }

    private Set<Outcome> outcomesOfCuts(Direction direction, boolean autoCommit) throws SQLException {
        var length = lengthOf(direction, autoCommit);
        var outcomes = EnumSet.noneOf(Outcome.class);
        for (var bytes = 0L; bytes <= length; bytes += Math.max(1, length / POINTS)) {
            var outcome = storeWithCut(bytes, direction, autoCommit);
            outcomes.add(outcome);
            assertThat(notesOf(GLOBEX, tenants))
                    .as("after a cut behind byte %d", bytes)
                    .containsExactly("globex 1", "globex 2");
            assertThatThrownBy(() -> notes(tenants)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        }
        return outcomes;
    }

    /** How many bytes pass while a row is stored on a new connection. */
    private long lengthOf(Direction direction, boolean autoCommit) throws SQLException {
        pool.getHikariPoolMXBean().softEvictConnections();
        return TenantContext.<Long, SQLException>callAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                prepare(connection, autoCommit, "measured");
                var before = proxy.passed(direction);
                store(connection, autoCommit, "measured");
                return proxy.passed(direction) - before;
            }
        });
    }

    private Outcome storeWithCut(long bytes, Direction direction, boolean autoCommit) throws SQLException {
        var body = "note " + ++written;
        var acknowledged = TenantContext.<Boolean, SQLException>callAs(ACME, () -> {
            var backend = "";
            try (var connection = tenants.getConnection()) {
                backend = prepare(connection, autoCommit, body);
                proxy.breakAfter(bytes, direction, Fault.RESET);
                store(connection, autoCommit, body);
                return true;
            } catch (SQLException failure) {
                assertThat(failure.getSQLState()).startsWith("08");
                awaitEndOf(backend);
                return false;
            } finally {
                proxy.heal();
            }
        });

        var count = stored(body);
        assertThat(count).as("stored with a cut behind byte %d", bytes).isLessThanOrEqualTo(1);
        if (acknowledged) {
            pool.getHikariPoolMXBean().softEvictConnections(); // it was cut after the answer
            assertThat(count)
                    .as("acknowledged with a cut behind byte %d", bytes)
                    .isEqualTo(1);
            return Outcome.STORED;
        }
        return count == 1 ? Outcome.FAILED_BUT_STORED : Outcome.FAILED_AND_NOT_STORED;
    }

    /** Comes before the fault, and tells the server process. */
    private static String prepare(Connection connection, boolean autoCommit, String body) throws SQLException {
        connection.setAutoCommit(autoCommit);
        if (!autoCommit) {
            insert(connection, body);
        }
        return rows(connection, "select pg_backend_pid()").get(0);
    }

    private static void store(Connection connection, boolean autoCommit, String body) throws SQLException {
        if (autoCommit) {
            insert(connection, body);
        } else {
            connection.commit();
        }
    }

    private static void insert(Connection connection, String body) throws SQLException {
        try (var statement = connection.prepareStatement("insert into note (body) values (?)")) {
            statement.setString(1, body);
            statement.execute();
        }
    }

    /** Until then the server may still store what has reached it. */
    private void awaitEndOf(String backend) throws SQLException {
        Await.until(
                "the end of backend " + backend,
                () -> rows(superuser, "select pid from pg_stat_activity where pid = " + backend)
                        .isEmpty());
    }

    private int stored(String body) throws SQLException {
        try (var statement = superuser.prepareStatement("select count(*) from note where body = ?")) {
            statement.setString(1, body);
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }
}
