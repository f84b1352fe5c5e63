package dev.lexigram.tenancy.postgres.faults;

import dev.lexigram.tenancy.testkit.Role;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of its own for a test that kills it; the shared one would take all other tests along. A commit that it has
 * acknowledged outlives its processes, though not the machine. It has the roles, in the database {@code postgres}.
 */
public final class PrivateServer implements AutoCloseable {

    private static final String ROLES = "/dev/lexigram/tenancy/postgres/roles.sql";

    private final Path data;
    private EmbeddedPostgres postgres;

    private PrivateServer(Path data) throws IOException {
        this.data = data;
        this.postgres = start(data, 0);
    }

    public static PrivateServer start() {
        try (var roles = PrivateServer.class.getResourceAsStream(ROLES)) {
            var server = new PrivateServer(Files.createTempDirectory("private-server"));
            server.execute(Role.SUPERUSER, new String(roles.readAllBytes(), StandardCharsets.UTF_8));
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The URL without a user; every {@link Role} logs in without a password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
    }

    /** Connections of this role, each a new one: no pool, no tenant. */
    public DataSource as(Role role) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl());
        dataSource.setUser(role.login());
        return dataSource;
    }

    /** Runs one or more statements as this role. */
    public void execute(Role role, String sql) {
        try {
            run(role, sql);
        } catch (SQLException failure) {
            throw new IllegalStateException("As " + role.login() + ": " + failure.getMessage(), failure);
        }
    }

    /** Ends one server process by SIGKILL; the server then ends all others, too, and recovers. */
    public void killBackend(long pid) {
        var postmaster = postmaster();
        var victims = postmaster.children().toList();
        process(pid).destroyForcibly();
        awaitEndOf(victims);
        Await.until("the server's recovery", this::answers);
    }

    /** Ends the server's parent process by SIGKILL, and waits until its children have noticed. */
    public void killPostmaster() {
        var postmaster = postmaster();
        var family = Stream.concat(Stream.of(postmaster), postmaster.children()).toList();
        postmaster.destroyForcibly();
        awaitEndOf(family);
    }

    /** Starts a server that was killed on what is on its disk. */
    public void restart() {
        try {
            postgres.close();
            postgres = start(data, postgres.getPort());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
            try (var files = Files.walk(data)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The first column of the first row. */
    String ask(String query) {
        return ask(as(Role.SUPERUSER), query);
    }

    static String ask(DataSource server, String query) {
        try (var connection = server.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    int port() {
        return postgres.getPort();
    }

    Path data() {
        return data;
    }

    static EmbeddedPostgres start(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private void run(Role role, String sql) throws SQLException {
        try (var connection = as(role).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean answers() {
        try {
            run(Role.SUPERUSER, "select 1");
            return true;
        } catch (SQLException recovering) {
            return false;
        }
    }

    private ProcessHandle postmaster() {
        try {
            return process(Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ProcessHandle process(long pid) {
        return ProcessHandle.of(pid).orElseThrow(() -> new IllegalArgumentException("There is no process " + pid));
    }

    private static void awaitEndOf(List<ProcessHandle> processes) {
        Await.until("the end of " + processes, () -> processes.stream().allMatch(PrivateServer::hasEnded));
    }

    private static boolean hasEnded(ProcessHandle process) {
        return !process.isAlive() || waitsForItsParent(process.pid());
    }

    /** A dead process whose parent never asks stays in the table. */
    private static boolean waitsForItsParent(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException noSuchFile) {
            return false;
        }
    }
}
