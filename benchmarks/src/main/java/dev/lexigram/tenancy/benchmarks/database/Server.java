package dev.lexigram.tenancy.benchmarks.database;

import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of its own with the same rows twice: in schema {@code open} for the floor, and in schema {@code guarded}
 * behind policies. Ends with {@link #close}, or else with the process.
 */
final class Server implements AutoCloseable {

    /** May read {@code open} and nothing else. */
    static final String FLOOR_LOGIN = "floor";

    /** May read {@code guarded} and nothing else; made by the library's script. */
    static final String APP_LOGIN = "tenancy_app";

    private static final String SUPERUSER = "postgres";
    static final String MIGRATOR = "tenancy_migrator";
    private static final String ROLES = "/dev/lexigram/tenancy/postgres/roles.sql";
    private static final String DATABASES = "/dev/lexigram/tenancy/postgres/databases.sql";

    private final EmbeddedPostgres postgres;

    private Server(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts it with what a production server has switched on, and fills it. */
    static Server start() throws IOException, SQLException {
        var server = new Server(EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start());
        try {
            server.fill();
            return server;
        } catch (SQLException | IOException | RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    int port() {
        return postgres.getPort();
    }

    /** Such as {@code 18.1}. */
    String version() throws SQLException {
        try (var connection = as(SUPERUSER).getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery("show server_version")) {
            result.next();
            return result.getString(1).split(" ", 2)[0];
        }
    }

    /** Makes the login that makes databases of tenants. */
    void prepareDatabases() throws SQLException, IOException {
        execute(SUPERUSER, script(DATABASES));
    }

    /** Connections of the login that keeps tenants. */
    DataSource control() {
        return as("tenancy_control");
    }

    long sessionsOfTenants() throws SQLException {
        return number("select count(*) from pg_stat_activity where datname ~ '^tenant_t[0-9]+$'");
    }

    double megabytesOf(String database) throws SQLException {
        return number("select pg_database_size('" + database + "')") / 1e6;
    }

    private long number(String sql) throws SQLException {
        try (var connection = as(SUPERUSER).getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** The URL through this port, which may be a proxy's; encryption is off, so that proxies can read along. */
    static String url(int port) {
        return url(port, "postgres");
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database + "?sslmode=disable&gssEncMode=disable";
    }

    /** The URL of another database. */
    String url(String database) {
        return url(port(), database);
    }

    /** Makes another database with the same rows and rights. */
    void copyTo(String database) throws SQLException, IOException {
        execute(SUPERUSER, "template1", "create database " + database + " template postgres");
        execute(SUPERUSER, database, script(ROLES));
        execute(SUPERUSER, database, "vacuum (freeze, analyze)");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    private void fill() throws SQLException, IOException {
        execute(SUPERUSER, script(ROLES));
        execute(SUPERUSER, Rows.LOGIN_OF_THE_FLOOR);
        execute(MIGRATOR, Rows.tablesIn("open"));
        execute(MIGRATOR, Rows.tablesIn("guarded"));
        try (var connection = as(MIGRATOR).getConnection()) {
            Rows.insert(connection, List.of("open.item", "open.product", "guarded.item", "guarded.product"));
        }
        execute(MIGRATOR, Rows.GRANTS);
        RowLevelPolicies.forTables("guarded.item")
                .withKeys(KeyVariant.TENANT_FIRST)
                .apply(as(MIGRATOR));
        RowLevelPolicies.forTables("guarded.product")
                .withKeys(KeyVariant.SURROGATE)
                .apply(as(MIGRATOR));
        execute(SUPERUSER, "vacuum (freeze, analyze)");
    }

    DataSource as(String login) {
        return as(login, "postgres");
    }

    DataSource as(String login, String database) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url(database));
        dataSource.setUser(login);
        return dataSource;
    }

    void execute(String login, String sql) throws SQLException {
        execute(login, "postgres", sql);
    }

    void execute(String login, String database, String sql) throws SQLException {
        try (var connection = as(login, database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String script(String name) throws IOException {
        try (var script = Server.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IOException(name + " is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
