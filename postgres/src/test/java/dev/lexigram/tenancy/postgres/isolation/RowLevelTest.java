package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/**
 * Tests on a table with the policies of the library, through a pool of one connection, so that each borrower gets what
 * the one before has left. A connection that a test does not give back fails it.
 */
@TenancyTest
@ParameterizedClass
abstract class RowLevelTest {

    static final Tenant ACME = tenant("acme");
    static final Tenant GLOBEX = tenant("globex");
    static final String READ = "select body from public.note order by id";
    static final String UNBOUND = "42501";

    @Parameter
    BinderUnderTest binder;

    HikariDataSource pool;
    TenantDataSource tenants;

    @BeforeAll
    static void createTables(TestDatabase database) {
        database.execute(Role.MIGRATOR, RowLevelTables.DDL);
    }

    @BeforeEach
    void openPool(TestDatabase database) {
        database.execute(Role.MIGRATOR, RowLevelTables.ROWS);
        pool = poolOfOne(database.jdbcUrl(), binder);
        tenants = bound(pool);
    }

    @AfterEach
    void closePool() {
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        assertThat(TenantContext.current()).isEmpty();
        pool.close();
    }

    /** What an application gets, with the binder that the test is about. */
    TenantDataSource bound(DataSource pool) {
        return TenantDataSource.rowLevel(pool, binder.of(IsolationConfig.DEFAULTS), () -> true);
    }

    /** Logs in as the application. */
    static HikariDataSource poolOfOne(String url, BinderUnderTest binder) {
        var config = new HikariConfig();
        config.setDriverClassName(binder.driverClass());
        config.setJdbcUrl(url);
        config.setUsername(Role.APP.login());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(10_000);
        return new HikariDataSource(config);
    }

    static Tenant tenant(String name) {
        return Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.EPOCH);
    }

    /** The bodies of all notes that a new borrower reads, in autocommit. */
    static List<String> notes(DataSource dataSource) throws SQLException {
        return rows(dataSource, READ);
    }

    static List<String> notesOf(Tenant tenant, DataSource dataSource) throws SQLException {
        return TenantContext.<List<String>, SQLException>callAs(tenant, () -> notes(dataSource));
    }

    static List<String> rows(DataSource dataSource, String sql) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            return rows(connection, sql);
        }
    }

    /** The first column of what this query gives. */
    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs in autocommit through a connection of its own. */
    static void run(DataSource dataSource, String sql) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            run(connection, sql);
        }
    }

    static void runAs(Tenant tenant, DataSource dataSource, String sql) throws SQLException {
        TenantContext.<SQLException>runAs(tenant, () -> run(dataSource, sql));
    }

    /** The server process behind the next borrowing. */
    static String backend(DataSource dataSource) throws SQLException {
        return rows(dataSource, "select pg_backend_pid()").get(0);
    }
}
