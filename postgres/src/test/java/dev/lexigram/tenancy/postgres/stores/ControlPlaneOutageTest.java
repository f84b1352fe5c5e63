package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.stores.ControlPlaneConfig;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

@TenancyTest
class ControlPlaneOutageTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final String WAITING =
            "select max(pid) from pg_stat_activity where usename = 'tenancy_control' and wait_event_type = 'Lock'";

    private TestDatabase database;
    private Tenant acme;

    @BeforeEach
    void create_a_tenant(TestDatabase database) {
        this.database = database;
        acme = ControlPlane.emptyStore(database).save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());
    }

    @Test
    void S_7_a_start_where_nothing_listens_is_unavailable() throws IOException {
        var url = "jdbc:postgresql://localhost:" + freePort() + "/tenants?ApplicationName=hush";

        assertUnavailable(() -> SqlTenantStore.of(url, "tenancy_control", "hush"));
        var config = ControlPlaneConfig.DEFAULTS.withUrl(url).withInitialize(false);
        assertUnavailable(() -> SqlTenantStore.of(config));
    }

    @Test
    void S_7_every_call_where_nothing_listens_is_unavailable() throws IOException {
        var nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://localhost:" + freePort() + "/hush");
        var database = new ControlPlaneDatabase(nowhere);
        var membership = SqlTenantMembership.of(nowhere);

        assertUnavailable(() -> TenantWriter.save(database, acme, TenantStore.NEW, List.of()));
        assertUnavailable(() -> membership.isMember(TenantPrincipal.of("ada"), ACME));
        assertUnavailable(() -> membership.grant("ada", ACME));
        assertUnavailable(() -> membership.revoke("ada", ACME));
    }

    @Test
    void S_7_a_server_that_accepts_and_never_answers_is_unavailable() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var url = "jdbc:postgresql://localhost:" + silent.getLocalPort() + "/hush";

            assertUnavailable(() -> SqlTenantStore.of(url, "tenancy_control", "hush"));
        }
    }

    @Test
    void S_7_a_statement_that_gets_no_answer_is_unavailable_and_the_store_recovers() throws SQLException {
        try (var store = pooledStore();
                var blocker = begin("lock table tenancy.tenants in access exclusive mode")) {
            assertUnavailable(() -> store.findById(ACME));

            blocker.rollback();
            assertThat(store.findById(ACME)).contains(acme);
        }
    }

    @Test
    void S_7_a_backend_that_is_ended_in_the_middle_of_a_save_changes_nothing_and_the_store_recovers()
            throws SQLException {
        try (var store = SqlTenantStore.of(database.as(Role.CONTROL));
                var blocker = begin("select from tenancy.tenants where tenant_id = 'acme' for update")) {
            var changed = acme.withStatus(TenantStatus.INACTIVE, null, Instant.EPOCH);
            var saving = CompletableFuture.supplyAsync(() -> store.save(changed, 1, List.of()));

            ControlPlane.text(database, "select pg_terminate_backend(" + waitingBackend() + ")");

            assertUnavailable(saving::join);
            blocker.rollback();
            assertThat(store.findById(ACME)).contains(acme);
            assertThat(store.save(changed, 1, List.of()).version()).isEqualTo(2);
        }
    }

    /** A pool does not look at a connection that was used a moment ago, so it lends each of these out. */
    @Test
    void S_7_a_read_is_tried_again_on_connections_that_the_server_ended_and_a_write_is_not() throws SQLException {
        for (var writes : List.of(false, true)) {
            try (var one = ended();
                    var other = ended();
                    var alive = database.as(Role.CONTROL).getConnection()) {
                var lent = new ArrayDeque<>(List.of(one, other, alive));
                var plane = new ControlPlaneDatabase(new Lending(lent));

                if (writes) {
                    assertUnavailable(() -> plane.write(ControlPlaneOutageTest::tenants));
                    assertThat(lent).as("control: it may have been stored").hasSize(2);
                } else {
                    assertThat(plane.<Integer>read(ControlPlaneOutageTest::tenants))
                            .isEqualTo(1);
                }
            }
        }
    }

    @Test
    void S_7_connections_that_were_ended_while_idle_are_replaced() {
        try (var store = pooledStore()) {
            assertThat(store.findById(ACME)).contains(acme);

            ControlPlane.text(
                    database,
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'tenancy-control'");

            assertThat(answer(store)).isEqualTo(acme);
        }
    }

    @Test
    void a_refused_login_and_a_missing_database_are_configuration_said_in_our_words() {
        var elsewhere = database.jdbcUrl().replace(database.name(), "no_such_database");

        for (ThrowingCallable start : List.<ThrowingCallable>of(
                () -> SqlTenantStore.of(database.jdbcUrl(), "no_such_login", "hush"),
                () -> SqlTenantStore.of(elsewhere, "tenancy_control", "hush"))) {
            assertThatThrownBy(start)
                    .isInstanceOf(TenancyConfigurationException.class)
                    .hasMessageContaining("check control_plane.url, user and password")
                    .satisfies(ControlPlaneOutageTest::saysNothingOfTheDriver);
        }
        assertThatThrownBy(() -> SqlTenantStore.of(ControlPlaneConfig.DEFAULTS))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("control_plane.url is missing");
    }

    @Test
    void control_the_driver_itself_would_say_too_much() {
        assertThatThrownBy(() -> database.execute(
                        Role.CONTROL,
                        "insert into tenancy.tenant_names (name, kind, tenant_id) values ('ACME', 'id', 'acme')"))
                .hasMessageContaining("(acme) already exists");
    }

    @Test
    void close_ends_the_pool_that_the_store_opened_and_no_other() {
        var own = pooledStore();
        own.close();
        own.close();

        assertUnavailable(() -> own.findById(ACME));
        var given = SqlTenantStore.of(database.as(Role.CONTROL));
        given.close();
        assertThat(given.page(TenantQuery.FIRST).tenants()).containsExactly(acme);
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(failure -> {
            assertThat(failure instanceof CompletionException ? failure.getCause() : failure)
                    .isInstanceOf(TenantUnavailableException.class)
                    .hasMessage("The tenant store is unavailable; try again later.")
                    .hasCauseInstanceOf(SQLException.class);
            saysNothingOfTheDriver(failure);
        });
    }

    private static void saysNothingOfTheDriver(Throwable failure) {
        assertThat(ControlPlane.everythingSaid(failure))
                .doesNotContain("PSQLException", "localhost", "hush", "no_such", "refused.", "FATAL", "timed out");
    }

    private SqlTenantStore pooledStore() {
        return SqlTenantStore.of(database.jdbcUrl(), Role.CONTROL.login(), "");
    }

    private Connection begin(String sql) throws SQLException {
        var connection = database.as(Role.SUPERUSER).getConnection();
        connection.setAutoCommit(false);
        connection.createStatement().execute(sql);
        return connection;
    }

    private String waitingBackend() {
        return poll(() -> ControlPlane.text(database, WAITING));
    }

    /** A pool notices a dead connection at its first use, at the latest. */
    private static Tenant answer(TenantStore store) {
        return poll(() -> {
            try {
                return store.findById(ACME).orElseThrow();
            } catch (TenantUnavailableException noticed) {
                return null;
            }
        });
    }

    private static <T> T poll(Supplier<T> condition) {
        var deadline = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < deadline) {
            var found = condition.get();
            if (found != null) {
                return found;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("nothing within 20 s");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Connection ended() throws SQLException {
        var connection = database.as(Role.CONTROL).getConnection();
        var pid = connection.unwrap(PGConnection.class).getBackendPID();
        ControlPlane.text(database, "select pg_terminate_backend(" + pid + ", 5000)");
        return connection;
    }

    private static int tenants(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from tenancy.tenants")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Lends out these, in this order. */
    private static final class Lending extends PGSimpleDataSource {

        private static final long serialVersionUID = 1L;

        private final transient Queue<Connection> connections;

        Lending(Queue<Connection> connections) {
            this.connections = connections;
        }

        @Override
        public Connection getConnection() {
            return connections.remove();
        }
    }
}
