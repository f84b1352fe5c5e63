package dev.lexigram.tenancy.postgres.events;

import dev.lexigram.tenancy.cache.Invalidation;
import dev.lexigram.tenancy.cache.InvalidationBus;
import dev.lexigram.tenancy.lifecycle.TenantEventListener;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A node in a process of its own, which can be stopped and killed. It reads commands, one a line, and answers each with a
 * line.
 */
final class NodeProgram {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final Node node;
    private final String jdbcUrl;

    private NodeProgram(Node node, String jdbcUrl) {
        this.node = node;
        this.jdbcUrl = jdbcUrl;
    }

    public static void main(String[] arguments) throws IOException {
        var url = arguments[0];
        var node = switch (arguments[1]) {
            case "bus" -> Node.on(url, Node.beating(100), SHORT).awaitBus();
            case "no-bus" -> onceThereIsADatabase(url);
            case "believing" -> Node.on(url, new Believing(), SHORT);
            default -> throw new IllegalArgumentException(arguments[1]);
        };
        new NodeProgram(node, url).serve();
    }

    /** A busy machine may take longer to connect than the store waits. */
    private static Node onceThereIsADatabase(String url) {
        for (var attempt = 1; ; attempt++) {
            try {
                return Node.on(url, Node.noBus(), SHORT);
            } catch (TenantException unavailable) {
                if (attempt == 10) {
                    throw unavailable;
                }
            }
        }
    }

    private void serve() throws IOException {
        System.out.println("ready");
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = commands.readLine(); line != null; line = commands.readLine()) {
            var words = line.split(" ");
            System.out.println(answerOrFailure(words));
            System.out.flush();
        }
    }

    private String answerOrFailure(String... words) {
        try {
            return answer(words);
        } catch (TenantException failure) {
            return "failed " + failure.code();
        }
    }

    private String answer(String... words) {
        return switch (words[0]) {
            case "admit" -> node.admits(TenantId.of(words[1])) ? "admitted" : "refused";
            case "flip" -> flip(TenantId.of(words[1]));
            case "relay" -> relay();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /** One transition; the answer comes after its commit. */
    private String flip(TenantId id) {
        var tenants = node.tenancy.tenants();
        var isActive = tenants.getTenant(id).orElseThrow().status() == TenantStatus.ACTIVE;
        return (isActive ? tenants.suspendTenant(id, "unpaid") : tenants.activateTenant(id))
                .status()
                .wireName();
    }

    private String relay() {
        node.tenancy.relay().orElseThrow().add(new Ledger(jdbcUrl));
        return "relaying";
    }

    /** Writes down every event that it is told of, as often as it is told. */
    static final class Ledger implements TenantEventListener {

        private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
        private @Nullable Connection connection;

        Ledger(String jdbcUrl) {
            dataSource.setUrl(jdbcUrl);
            dataSource.setUser("tenancy_control");
        }

        @Override
        public String name() {
            return "ledger";
        }

        @Override
        public void on(TenantEvent event) throws SQLException {
            if (connection == null) {
                connection = dataSource.getConnection();
            }
            try (var statement = connection.prepareStatement(
                    "insert into public.ledger (event_id, tenant_id, sequence) values (?, ?, ?)")) {
                statement.setObject(1, event.eventId());
                statement.setString(2, event.tenantId().value());
                statement.setLong(3, event.sequence());
                statement.executeUpdate();
            }
        }
    }

    /** A bus that hears nothing and claims to cover everything. */
    private static final class Believing implements InvalidationBus {

        @Override
        public void subscribe(Consumer<Invalidation> subscriber) {}

        @Override
        public void announce(Invalidation change) {}

        @Override
        public boolean covers(long since, long now) {
            return true;
        }

        @Override
        public void close() {}
    }
}
