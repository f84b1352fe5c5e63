package dev.lexigram.tenancy.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.postgres.schema.Breaking;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node dies before the things that it sends, at one place after the other; whoever repeats the step brings it to its end. */
@Tag("server")
@TenancyTest
class DatabaseCrashTest {

    private static final int STRIDE = 5; // each try makes a database, so not every place is tried

    private static final TenantId ACME = TenantId.of("acme");

    private DatabaseFixture fixture;

    @BeforeEach
    void open(TestDatabase database) {
        fixture = new DatabaseFixture(database);
    }

    @AfterEach
    void clear() throws SQLException {
        fixture.clear();
    }

    /** What is repeated, from where it starts, and which databases and how many logins there are at its end. */
    enum Step {
        PROVISION((databases, id) -> {}, TenantDatabases::provision, "[tenant_acme] 1"),
        UNDO(TenantDatabases::provision, TenantDatabases::undo, "[] 0"),
        DROP(TenantDatabases::provision, TenantDatabases::drop, "[] 0"),
        ARCHIVE(TenantDatabases::provision, TenantDatabases::archive, "[archived] 1"),
        CLOSE(TenantDatabases::provision, TenantDatabases::close, "[tenant_acme] 1"),
        RESTORE(
                (databases, id) -> {
                    databases.provision(id);
                    databases.archive(id);
                },
                TenantDatabases::restore,
                "[tenant_acme] 1");

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
    void LC_01_LC_06_a_crash_anywhere_is_mended_by_the_next_call(Step step) throws SQLException {
        var whole = fixture.lasting(DatabaseFixture.ONE_TABLE);
        var died = 0;
        for (var call = 0; ; call += STRIDE) {
            whole.prepare();
            step.before.accept(whole, ACME);
            var finished = attempt(step, call);
            assertThat(fixture.present()).hasSizeLessThanOrEqualTo(1);
            step.work.accept(whole, ACME);
            assertThat(fixture.present().toString().replaceAll("_[0-9a-f]{32}_[0-9]+", "") + " "
                            + fixture.logins().size())
                    .as("died before call " + call)
                    .isEqualTo(step.after);
            if (step == Step.PROVISION || step == Step.RESTORE) {
                try (var pools = fixture.pools(PoolsConfig.DEFAULTS)) {
                    pools.borrow(ACME).close();
                }
            }
            fixture.startAnew();
            if (finished) {
                break;
            }
            died++;
        }
        assertThat(died).isGreaterThan(1);
    }

    /** Whether it got through before the connections broke off. */
    private boolean attempt(Step step, int call) {
        var breaking = Breaking.before(call);
        var mortal = TenantDatabases.of(
                fixture.server().through(breaking::around),
                DatabaseFixture.ONE_TABLE,
                fixture.secrets(),
                IsolationConfig.DEFAULTS);
        try {
            step.work.accept(mortal, ACME);
            return true;
        } catch (TenantProvisioningException dead) {
            return false;
        }
    }
}
