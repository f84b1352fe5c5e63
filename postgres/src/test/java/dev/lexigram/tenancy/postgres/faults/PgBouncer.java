package dev.lexigram.tenancy.postgres.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PgBouncer; if nothing else is wished, in transaction mode with a single connection to the server, which all its clients
 * share in turn. It listens on the loopback interface, and ends with this JVM, however that ends.
 */
public final class PgBouncer implements AutoCloseable {

    private static final String CONFIG = """
            [databases]
            * = host=127.0.0.1 port=%d user=%s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            max_client_conn = 100
            ignore_startup_parameters = extra_float_digits
            %s
            """;

    private static final String[] ONE_FOR_ALL = {"pool_mode = transaction", "default_pool_size = 1"};

    /** Ends the program with its own input, which ends with this JVM. */
    private static final String WITH_ITS_PARENT = "\"$@\" & read -r line; kill $!; wait $!";

    private final URI target;
    private final int port;
    private final Path folder;
    private final Process process;

    private PgBouncer(PgBouncerProgram program, URI target, String login, String... settings) throws IOException {
        this.target = target;
        this.port = freePort();
        this.folder = Files.createTempDirectory("pgbouncer");
        var config = Files.writeString(
                folder.resolve("pgbouncer.ini"),
                CONFIG.formatted(target.getPort(), login, port, String.join("\n", settings)));
        this.process = start(program, config);
    }

    /** Before the server that this JDBC URL names; every client becomes this login there. */
    public static PgBouncer before(String jdbcUrl, String login) {
        return before(jdbcUrl, login, ONE_FOR_ALL);
    }

    /** The same, with these lines of its configuration, which say how it pools. */
    public static PgBouncer before(String jdbcUrl, String login, String... settings) {
        try {
            var target = URI.create(jdbcUrl.substring("jdbc:".length()));
            var bouncer = new PgBouncer(PgBouncerProgram.find(), target, login, settings);
            bouncer.awaitStart(login);
            return bouncer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same URL by way of PgBouncer, whose transaction mode knows no statements prepared on the server. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + target.getPath() + "?prepareThreshold=0";
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
            for (var file : List.of("pgbouncer.ini", "log", "")) {
                Files.deleteIfExists(folder.resolve(file));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(PgBouncerProgram program, Path config) throws IOException {
        var command = new ArrayList<>(
                List.of("sh", "-c", WITH_ITS_PARENT, "sh", program.executable().toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody")); // it refuses to stay root
        }
        command.add(config.toString());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(Map.of("LD_LIBRARY_PATH", program.libraries()));
        return builder.start();
    }

    private void awaitStart(String login) throws IOException {
        try {
            Await.until("PgBouncer's start", () -> answers(login));
        } catch (AssertionError failure) {
            var log = Files.readString(folder.resolve("log"));
            close();
            throw new IllegalStateException("PgBouncer did not start: " + log, failure);
        }
    }

    private boolean answers(String login) {
        try (var connection = DriverManager.getConnection(jdbcUrl(), login, "")) {
            return connection.isValid(5);
        } catch (SQLException starting) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
