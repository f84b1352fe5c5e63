package dev.lexigram.tenancy.postgres.database;

import static dev.lexigram.tenancy.postgres.database.DatabaseFixture.ONE_TABLE;
import static dev.lexigram.tenancy.postgres.database.DatabaseFixture.databases;
import static dev.lexigram.tenancy.postgres.database.DatabaseFixture.logins;
import static dev.lexigram.tenancy.postgres.database.DatabaseFixture.present;
import static dev.lexigram.tenancy.postgres.database.DatabaseFixture.provisioner;
import static dev.lexigram.tenancy.postgres.database.DatabaseFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.postgres.schema.Breaking;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node dies before each thing that it sends, one after the other; whoever repeats the step brings it to its end. */
@TenancyTest
class DatabaseCrashTest {

    private static final TenantId ACME = TenantId.of("acme");

    @AfterEach
    void removeDatabases(TestDatabase main) throws SQLException {
        DatabaseFixture.removeAll(main);
    }

    /** What is repeated, from where it starts, and which databases and logins there are at its end. */
    enum Step {
        PROVISION((databases, id) -> {}, TenantDatabases::provision, "[tenant_acme] [tenant_acme]"),
        UNDO(TenantDatabases::provision, TenantDatabases::undo, "[] []"),
        DROP(TenantDatabases::provision, TenantDatabases::drop, "[] []"),
        ARCHIVE(TenantDatabases::provision, TenantDatabases::archive, "[archived] [tenant_acme]"),
        CLOSE(TenantDatabases::provision, TenantDatabases::close, "[tenant_acme] [tenant_acme]"),
        RESTORE(
                (databases, id) -> {
                    databases.provision(id);
                    databases.archive(id);
                },
                TenantDatabases::restore,
                "[tenant_acme] [tenant_acme]");

        private final BiConsumer<TenantDatabases, TenantId> before;
        private final BiConsumer<TenantDatabases, TenantId> work;
        private final String after;

        Step(BiConsumer<TenantDatabases, TenantId> before, BiConsumer<TenantDatabases, TenantId> work, String after) {
            this.before = before;
            this.work = work;
            this.after = after;
        }
    }

    @ParameterizedTest
    @EnumSource
    void LC_01_LC_06_a_crash_anywhere_is_mended_by_the_next_call(Step step, TestDatabase main) throws SQLException {
        var whole = databases(main, ONE_TABLE);
        var died = 0;
        for (var call = 3; ; call++) {
            step.before.accept(whole, ACME);
            var finished = attempt(step, call, main);
            assertThat(present(main)).hasSizeLessThanOrEqualTo(1);
            step.work.accept(whole, ACME);
            assertThat((present(main) + " " + logins(main)).replaceAll("_[0-9a-f]{32}_[0-9]+", ""))
                    .as("died before call " + call)
                    .isEqualTo(step.after);
            if (step == Step.PROVISION || step == Step.RESTORE) {
                assertThat(read(DatabaseFixture.as(main, "tenant_acme", "tenant_acme"), "select body from note"))
                        .isEmpty();
            }
            DatabaseFixture.removeAll(main);
            if (finished) {
                break;
            }
            died++;
        }
        assertThat(died).isGreaterThan(5);
    }

    /** Whether it got through before the connections broke off. */
    private static boolean attempt(Step step, int call, TestDatabase main) {
        var mortal = databases(main, Breaking.before(call, provisioner(main)), ONE_TABLE);
        try {
            step.work.accept(mortal, ACME);
            return true;
        } catch (TenantProvisioningException dead) {
            return false;
        }
    }
}
