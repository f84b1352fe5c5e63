package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.faults.PgBouncer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found out about a PgBouncer before the server, in both of its modes and in several arrangements. */
@Tag("pgbouncer")
@TenancyTest
class PoolerProbeTest {

    private static final String MANY = "default_pool_size = 5";

    @Test
    void CN_10_directly_on_the_server_there_is_no_pooler(TestDatabase database) throws SQLException {
        assertThat(found(database.jdbcUrl(), 2)).isEqualTo(Pooler.NONE);
        assertThat(found(database.jdbcUrl(), 1)).isEqualTo(Pooler.NONE);
    }

    /** In turn, in one of two ways: the last server connection first, or the one that rested longest. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "5, 0", "2, 1", "5, 1"})
    void CN_10_a_pooler_that_shares_server_connections_is_found(int size, int roundRobin, TestDatabase database)
            throws SQLException {
        try (var bouncer = PgBouncer.before(
                database.jdbcUrl(),
                Role.APP.login(),
                "pool_mode = transaction",
                "default_pool_size = " + size,
                "server_round_robin = " + roundRobin)) {
            openServerConnections(bouncer, size);

            assertThat(found(bouncer.jdbcUrl(), 2)).isEqualTo(Pooler.TRANSACTIONS);
            assertThat(found(bouncer.jdbcUrl(), 1)).isEqualTo(Pooler.TRANSACTIONS);
        }
    }

    @Test
    void CN_10_a_pooler_of_sessions_is_told_from_it(TestDatabase database) throws SQLException {
        try (var bouncer = PgBouncer.before(database.jdbcUrl(), Role.APP.login(), "pool_mode = session", MANY)) {
            assertThat(found(bouncer.jdbcUrl(), 2)).isEqualTo(Pooler.SESSIONS);
        }
    }

    /** The first waits for a second connection of the pool, the second one for a server connection. */
    @Test
    void CN_10_where_it_cannot_be_told_the_pooler_is_taken_for_one_that_shares(TestDatabase database)
            throws SQLException {
        try (var bouncer = PgBouncer.before(database.jdbcUrl(), Role.APP.login(), "pool_mode = session", MANY)) {
            assertThat(found(bouncer.jdbcUrl(), 1)).isEqualTo(Pooler.TRANSACTIONS);
        }
        try (var bouncer = PgBouncer.before(
                database.jdbcUrl(), Role.APP.login(), "pool_mode = session", "default_pool_size = 1")) {
            assertThat(found(bouncer.jdbcUrl(), 2)).isEqualTo(Pooler.TRANSACTIONS);
        }
    }

    @Test
    void CN_10_the_choice_of_a_binder_tells_of_the_pooler(TestDatabase database) throws SQLException {
        try (var bouncer = PgBouncer.before(database.jdbcUrl(), Role.APP.login());
                var pool = pool(bouncer.jdbcUrl(), 2)) {
            var choice = new SelfTestedBinder("main", pool, IsolationConfig.DEFAULTS).choice();

            assertThat(choice.binder().name()).isEqualTo("driver");
            assertThat(choice.reason()).contains("self-test passed", "pooler", "is refused");
        }
    }

    private static Pooler found(String url, int size) throws SQLException {
        try (var pool = pool(url, size)) {
            var found = new PoolerProbe(pool).pooler();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            return found;
        }
    }

    private static HikariDataSource pool(String url, int size) {
        var config = new HikariConfig();
        config.setDriverClassName(BinderUnderTest.DRIVER.driverClass());
        config.setJdbcUrl(url);
        config.setUsername(Role.APP.login());
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    /** So many at once, each of them idle afterwards. */
    private static void openServerConnections(PgBouncer bouncer, int count) throws SQLException {
        var clients = BinderUnderTest.PLAIN.connections(bouncer.jdbcUrl(), Role.APP);
        List<Connection> held = new ArrayList<>();
        while (held.size() < count) {
            var connection = clients.getConnection();
            held.add(connection);
            connection.setAutoCommit(false);
            RowLevelTest.run(connection, "select 1");
        }
        for (var connection : held) {
            connection.commit();
            connection.close();
        }
    }
}
