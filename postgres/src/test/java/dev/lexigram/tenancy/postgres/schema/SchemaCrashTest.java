package dev.lexigram.tenancy.postgres.schema;

import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.asApp;
import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.present;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node dies before each thing that it sends, one after the other; whoever repeats the step brings it to its end. */
@Tag("server")
class SchemaCrashTest {

    private static final TenantId ACME = TenantId.of("acme");

    private TestDatabase database;
    private Kept kept;

    @BeforeEach
    void createDatabase() {
        database = PostgresServer.shared().createDatabase();
        kept = new Kept();
    }

    @AfterEach
    void dropDatabase() {
        kept.close();
        PostgresServer.shared().drop(database);
    }

    /** What is repeated, from where it starts, and which schemas there may be between and are at its end. */
    enum Step {
        PROVISION((schemas, id) -> {}, TenantSchemas::provision, "tenant_acme"),
        /** Sends a great deal, so not every place is tried. */
        PROVISION_WITH_FLYWAY((schemas, id) -> {}, TenantSchemas::provision, "tenant_acme"),
        UNDO(TenantSchemas::provision, TenantSchemas::undo, ""),
        DROP(TenantSchemas::provision, TenantSchemas::drop, ""),
        ARCHIVE(TenantSchemas::provision, TenantSchemas::archive, "archived"),
        CLOSE(TenantSchemas::provision, TenantSchemas::close, "tenant_acme"),
        RESTORE(
                (schemas, id) -> {
                    schemas.provision(id);
                    schemas.archive(id);
                },
                TenantSchemas::restore,
                "tenant_acme");

        private final BiConsumer<TenantSchemas, TenantId> before;
        private final BiConsumer<TenantSchemas, TenantId> work;
        private final String after;
        private SchemaMigrator migrator = SchemaFixture.ONE_TABLE;
        private int stride = 1;

        Step(BiConsumer<TenantSchemas, TenantId> before, BiConsumer<TenantSchemas, TenantId> work, String after) {
            this.before = before;
            this.work = work;
            this.after = after;
            if (name().endsWith("FLYWAY")) {
                migrator = SchemaFixture.INVOICING;
                stride = 5;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void LC_01_LC_06_a_crash_anywhere_is_mended_by_the_next_call(Step step) throws SQLException {
        var whole = TenantSchemas.of(kept(Role.MIGRATOR), step.migrator, IsolationConfig.DEFAULTS);
        var died = 0;
        for (var call = 0; ; call += step.stride) {
            step.before.accept(whole, ACME);
            var finished = attempt(step, call);
            assertThat(present(kept(Role.SUPERUSER))).hasSizeLessThanOrEqualTo(1);
            step.work.accept(whole, ACME);
            assertThat(present(kept(Role.SUPERUSER)).toString().replaceAll("_[0-9a-f]{32}_[0-9]+", ""))
                    .as("died before call " + call)
                    .isEqualTo("[" + step.after + "]");
            served(step);
            if (finished) {
                break;
            }
            died++;
            startAnew();
        }
        assertThat(died).isGreaterThan(5);
    }

    /** Whether it got through before the connections broke off. */
    private boolean attempt(Step step, int call) {
        var breaking = Breaking.before(call, database.as(Role.MIGRATOR));
        var mortal = TenantSchemas.of(breaking, step.migrator, IsolationConfig.DEFAULTS);
        try {
            step.work.accept(mortal, ACME);
            return true;
        } catch (TenantProvisioningException dead) {
            return false;
        }
    }

    private void served(Step step) throws SQLException {
        if (step == Step.PROVISION_WITH_FLYWAY) {
            assertThat(asApp(kept(Role.APP), "acme", "select code from tenant_acme.plan"))
                    .hasSize(3);
        } else if (step == Step.PROVISION || step == Step.RESTORE) {
            assertThat(asApp(kept(Role.APP), "acme", "select body from tenant_acme.note"))
                    .isEmpty();
        }
    }

    private void startAnew() throws SQLException {
        try (var connection = kept(Role.SUPERUSER).getConnection()) {
            for (var schema : present(kept(Role.SUPERUSER))) {
                Statements.run(connection, "drop schema \"" + schema + "\" cascade");
            }
            Statements.run(connection, "drop table if exists tenancy.tenant_schemas");
        }
    }

    /** For whoever does not die. */
    private DataSource kept(Role role) {
        return kept.of(database.as(role));
    }
}
