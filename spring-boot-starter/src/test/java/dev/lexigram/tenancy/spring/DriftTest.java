package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What protects the tables is taken away while the application runs. */
@ExtendWith(OutputCaptureExtension.class)
class DriftTest {

    private static final String FULL_POOL = "spring.datasource.hikari.minimum-idle=10"; // no connection is new
    private static final String OFTEN = "tenancy.isolation.audit_interval=1";
    private static final String LEAK = "alter table note disable row level security";

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = PostgresServer.shared().createDatabase();
        Notes.createTable(database);
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.shared().drop(database);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alter table note disable row level security                           | ROW_SECURITY_OFF           | alter table note enable row level security
            drop policy tenancy_confine on note                                   | POLICY_RESTRICTIVE_MISSING |
            alter table note owner to tenancy_app                                 | ROLE_OWNS                  | reassign owned by tenancy_app to tenancy_owner; grant select, insert, update, delete on note to tenancy_app
            create table late (id int); grant select on late to tenancy_app       | TABLE_UNDECLARED           | drop table late
            alter role tenancy_app in database %s set tenancy.tenant_id = 'globex' | SETTING_DEFAULT           | alter role tenancy_app in database %s reset tenancy.tenant_id
            """)
    void RL_25_drift_ends_serving_until_an_audit_is_clean_again(
            String drift, String code, String cure, CapturedOutput output) {
        try (var service = Service.start(NotesApplication.class, Service.on(database, OFTEN, FULL_POOL))) {
            Notes.assertIsolated(service);

            database.execute(Role.SUPERUSER, drift.formatted(database.name()));

            await(() -> status(service).equals(Status.OUT_OF_SERVICE));
            assertThat(service.get("/notes", Tokens.of("bob", "globex")).body())
                    .contains("LEX_ERR_TENANT_015")
                    .doesNotContain("of acme");
            assertThat(service.get("/open/notes", "").body()).contains("LEX_ERR_TENANT_010");
            if (cure == null) {
                RowLevelPolicies.forTables("note").apply(database.as(Role.MIGRATOR));
            } else {
                database.execute(Role.SUPERUSER, cure.formatted(database.name()));
            }
            await(() -> status(service).equals(Status.UP));
            assertThat(service.get("/notes", Tokens.of("ann", "acme")).body()).isEqualTo("[\"of acme\"]");
            assertThat(service.get("/notes", Tokens.of("bob", "globex")).body()).isEqualTo("[]");
        }
        assertThat(output)
                .contains(code)
                .containsOnlyOnce("so nobody is served:")
                .containsOnlyOnce("The audit has proved again");
    }

    @Test
    void RL_25_a_connection_that_was_bound_when_it_was_made_does_not_outlive_the_cure() throws SQLException {
        try (var service = Service.start(NotesApplication.class, Service.on(database, OFTEN))) {
            Notes.assertIsolated(service);
            var pool = service.bean(DataSource.class)
                    .unwrap(HikariDataSource.class)
                    .getHikariPoolMXBean();

            database.execute(
                    Role.SUPERUSER,
                    "alter role tenancy_app in database " + database.name() + " set tenancy.tenant_id = 'globex'");
            try {
                pool.softEvictConnections(); // new ones are bound by default
                await(() -> status(service).equals(Status.OUT_OF_SERVICE));
            } finally {
                database.execute(
                        Role.SUPERUSER,
                        "alter role tenancy_app in database " + database.name() + " reset tenancy.tenant_id");
            }

            await(() -> status(service).equals(Status.UP));
            assertThat(service.get("/notes", Tokens.of("ann", "acme")).body()).isEqualTo("[\"of acme\"]");
        }
    }

    @Test
    void RL_25_without_the_audit_the_leak_is_served() {
        try (var service =
                Service.start(NotesApplication.class, Service.on(database, "tenancy.isolation.audit_interval=0"))) {
            Notes.assertIsolated(service);

            database.execute(Role.SUPERUSER, LEAK);

            assertThat(service.get("/notes", Tokens.of("bob", "globex")).body()).isEqualTo("[\"of acme\"]");
            service.bean(IsolationProof.class).repeat();
            assertThat(service.get("/notes", Tokens.of("bob", "globex")).body())
                    .as("one audit more")
                    .contains("LEX_ERR_TENANT_015");
        }
    }

    @Test
    void RL_25_where_the_audit_only_warns_it_tells_and_goes_on(CapturedOutput output) {
        try (var service =
                Service.start(NotesApplication.class, Service.on(database, OFTEN, "tenancy.isolation.audit=warn"))) {
            Notes.assertIsolated(service);

            database.execute(Role.SUPERUSER, LEAK);

            await(() -> output.getAll().contains("does not keep tenants apart any more:"));
            assertThat(service.get("/notes", Tokens.of("bob", "globex")).body()).isEqualTo("[\"of acme\"]");
            assertThat(status(service)).isEqualTo(Status.UP);
            assertThat(service.get("/open/notes", "").body())
                    .as("nothing is proved")
                    .contains("LEX_ERR_TENANT_010");
        }
        assertThat(output).contains("ROW_SECURITY_OFF public.note");
    }

    @Test
    void RX_08_while_nothing_has_changed_no_table_is_read_again() throws SQLException {
        database.execute(
                Role.SUPERUSER, "alter role tenancy_app in database " + database.name() + " set lock_timeout = 200");
        try (var service = Service.start(
                        NotesApplication.class, Service.on(database, "tenancy.isolation.audit_interval=0"));
                var other = database.as(Role.SUPERUSER).getConnection();
                var statement = other.createStatement()) {
            var proof = service.bean(IsolationProof.class);
            other.setAutoCommit(false);
            statement.execute("lock table note in access exclusive mode");

            proof.repeat();
            assertThat(status(service)).isEqualTo(Status.UP);

            database.execute(Role.MIGRATOR, "create table another (id int)");
            proof.repeat();
            assertThat(status(service))
                    .as("waited for the locked table in vain")
                    .isEqualTo(Status.OUT_OF_SERVICE);

            other.rollback();
            proof.repeat();
            assertThat(status(service)).isEqualTo(Status.UP);
        }
    }

    private static Status status(Service service) {
        return service.bean("tenantIsolationHealthIndicator", HealthIndicator.class)
                .health()
                .getStatus();
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("within 20 s").isNegative();
            LockSupport.parkNanos(5_000_000);
        }
    }
}
