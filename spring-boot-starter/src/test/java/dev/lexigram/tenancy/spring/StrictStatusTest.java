package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** I-14: a service whose database asks for the status of tenants. */
@ExtendWith(OutputCaptureExtension.class)
class StrictStatusTest {

    private static final String SILENTLY = "update tenancy.tenants set status = 'suspended' where tenant_id = 'acme'";

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

    @Test
    void I_14_a_suspension_that_no_node_has_heard_of_holds_at_once() {
        ask(true);
        try (var service = start(true)) {
            Notes.assertIsolated(service);
            database.execute(Role.CONTROL, SILENTLY);

            var refused = service.get("/notes", Tokens.of("ann", "acme"));

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("LEX_ERR_TENANT_003").doesNotContain("acme");
            assertThat(service.get("/notes", Tokens.of("bob", "globex")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void I_14_control_without_it_the_node_serves_on_until_it_hears() {
        try (var service = start(false)) {
            Notes.assertIsolated(service);
            database.execute(Role.CONTROL, SILENTLY);

            assertThat(service.get("/notes", Tokens.of("ann", "acme")).body()).isEqualTo("[\"of acme\"]");
        }
    }

    @Test
    void I_14_policies_that_do_not_ask_end_the_start(CapturedOutput output) {
        assertThatThrownBy(() -> start(true).close()).isInstanceOf(Exception.class);

        assertThat(output).contains("FUNCTION_NOT_CANONICAL");
    }

    private void ask(boolean strict) {
        RowLevelPolicies.forTables("note").withStrictStatus(strict).apply(database.as(Role.MIGRATOR));
    }

    private Service start(boolean strict) {
        return Service.start(NotesApplication.class, Service.on(database, "tenancy.isolation.strict-status=" + strict));
    }
}
