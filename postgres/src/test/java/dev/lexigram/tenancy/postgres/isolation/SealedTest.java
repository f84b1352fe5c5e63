package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** In sealed mode a transaction shows the rows of the tenant for which the library signed, whatever SQL is injected. */
@EnumSource
class SealedTest extends RowLevelTest {

    private static final IsolationConfig SEALED = IsolationConfig.DEFAULTS.withSealed(true);
    private static final String BECOME = "select public.become(?, true)";

    private DataSource migrator;
    private TenantDataSource sealed;
    private volatile SealKey key;

    @BeforeEach
    void seal(TestDatabase database) {
        migrator = database.as(Role.MIGRATOR);
        RowLevelPolicies.forTables("note").withSealed(true).apply(migrator);
        database.execute(Role.MIGRATOR, "delete from tenancy.seal_keys");
        key = SealKeys.of(migrator).create("first");
        sealed = sealedBy(() -> key);
    }

    @AfterEach
    void unseal() {
        RowLevelPolicies.forTables("note").apply(migrator);
    }

    @Test
    void CN_12_an_injected_change_of_the_setting_reads_another_tenant_unless_it_is_sealed() throws SQLException {
        RowLevelPolicies.forTables("note").apply(migrator);
        as(tenants, connection -> {
            become(connection, "globex");
            assertThat(rows(connection, READ)).as("not sealed").containsExactly("globex 1", "globex 2");
        });

        RowLevelPolicies.forTables("note").withSealed(true).apply(migrator);
        refuses("globex");
    }

    @Test
    void CN_12_a_sealed_connection_reads_and_writes_the_rows_of_its_tenant_alone() throws SQLException {
        assertThat(notesOf(ACME, sealed)).containsExactly("acme 1", "acme 2");
        for (var time = 0; time < 10; time++) {
            runAs(GLOBEX, sealed, "insert into note (body) values ('globex " + (3 + time) + "')");
        }
        runAs(GLOBEX, sealed, "update note set body = 'taken'");
        assertThat(notesOf(ACME, sealed)).containsExactly("acme 1", "acme 2");
        assertThat(notesOf(GLOBEX, sealed)).hasSize(12).containsOnly("taken");
    }

    @Test
    void CN_12_a_token_replayed_on_its_own_connection_gives_its_own_rows() throws SQLException {
        as(sealed, connection -> {
            var own = rows(connection, "select current_setting('tenancy.tenant_id')")
                    .get(0);
            become(connection, own);
            assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
        });
    }

    @Test
    void CN_12_a_token_of_another_connection_is_refused() throws SQLException {
        as(sealed, connection -> {
            var here = token(key, "globex", pid(connection), Instant.now().plusSeconds(60));
            become(connection, here);
            assertThat(rows(connection, READ)).as("for this one").containsExactly("globex 1", "globex 2");
        });
        as(sealed, connection -> {
            var elsewhere =
                    token(key, "globex", pid(connection) + 1, Instant.now().plusSeconds(60));
            isRefused(connection, elsewhere);
        });
    }

    @Test
    void CN_12_an_expired_token_is_refused() throws SQLException {
        as(
                sealed,
                connection -> isRefused(
                        connection,
                        token(key, "globex", pid(connection), Instant.now().minusSeconds(1))));
    }

    @Test
    void CN_12_what_was_not_signed_with_an_accepted_key_is_refused() throws SQLException {
        var later = Instant.now().plusSeconds(60);
        as(
                sealed,
                connection -> isRefused(connection, token(SealKey.random("first"), "globex", pid(connection), later)));
        as(
                sealed,
                connection -> isRefused(connection, token(SealKey.random("none"), "globex", pid(connection), later)));
        as(sealed, connection -> {
            var own = rows(connection, "select current_setting('tenancy.tenant_id')")
                    .get(0);
            isRefused(connection, own.replace("acme.", "globex."));
        });
        for (var malformed :
                new String[] {"globex", ".", "globex....", "globex.1.9999999999.first.00", "\u00e9.x.y.first.z"}) {
            refuses(malformed);
        }
    }

    @Test
    void CN_12_the_commit_notices_that_the_token_was_replaced() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = sealed.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "insert into note (body) values ('kept from nobody')");
                become(connection, "globex");
                assertThatThrownBy(connection::commit).isInstanceOf(TenantMismatchException.class);
            }
        });
        assertThat(notesOf(ACME, sealed)).containsExactly("acme 1", "acme 2");
    }

    @Test
    void the_role_that_serves_cannot_read_or_add_keys(TestDatabase database) throws SQLException {
        for (var attempt : new String[] {
            "select inner_pad from tenancy.seal_keys",
            "insert into tenancy.seal_keys values ('mine', '', '')",
            "update tenancy.seal_keys set retired = false",
            "delete from tenancy.seal_keys"
        }) {
            assertThatThrownBy(() -> runAs(ACME, sealed, attempt)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        }

        database.execute(Role.MIGRATOR, "grant select on tenancy.seal_keys to tenancy_app");
        try {
            runAs(ACME, sealed, "select inner_pad from tenancy.seal_keys");
        } finally {
            database.execute(Role.MIGRATOR, "revoke select on tenancy.seal_keys from tenancy_app");
        }
    }

    @Test
    void both_keys_are_accepted_until_the_old_one_is_retired() throws SQLException {
        var old = key;
        var keys = SealKeys.of(migrator);
        var signsWithOld = sealedBy(() -> old);

        key = keys.create("second");
        assertThat(keys.accepted()).containsExactly("first", "second");
        assertThat(notesOf(ACME, sealed)).hasSize(2);
        assertThat(notesOf(ACME, signsWithOld)).hasSize(2);

        assertThat(keys.retire("first")).isTrue();
        assertThat(keys.retire("first")).isFalse();
        assertThat(notesOf(ACME, sealed)).hasSize(2);
        assertThatThrownBy(() -> notesOf(ACME, signsWithOld)).hasMessageContaining(TenantPolicy.NOT_VALID);
        assertThatThrownBy(() -> keys.create("first")).hasMessageContaining("an id names one key for ever");
    }

    @Test
    void with_nothing_bound_it_raises_as_ever() {
        assertThatThrownBy(() -> notes(sealed)).hasMessageContaining(TenantPolicy.NOT_BOUND);
    }

    @Test
    void sealed_without_a_key_does_not_start() {
        assertThatThrownBy(() -> binder.of(SEALED))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("isolation.sealed");
        assertThatThrownBy(() -> new SelfTestedBinder("main", pool, SEALED))
                .isInstanceOf(TenancyConfigurationException.class);
    }

    @Test
    void the_self_test_chooses_a_binder_for_tokens_too() throws SQLException {
        var chosen = new SelfTestedBinder("main", pool, SEALED, new WouldBeRefusals(), () -> key);
        assertThat(notesOf(ACME, TenantDataSource.rowLevel(pool, chosen, () -> true)))
                .hasSize(2);
        assertThat(chosen.name()).isEqualTo(binder == BinderUnderTest.DRIVER ? "driver" : "plain");
    }

    private void refuses(String bound) throws SQLException {
        as(sealed, connection -> isRefused(connection, bound));
    }

    private static void isRefused(Connection connection, String bound) throws SQLException {
        become(connection, bound);
        assertThatThrownBy(() -> rows(connection, READ))
                .hasMessageContaining(TenantPolicy.NOT_VALID)
                .hasFieldOrPropertyWithValue("SQLState", UNBOUND);
    }

    private TenantDataSource sealedBy(SealKeySource source) {
        return TenantDataSource.rowLevel(pool, binder.sealed(SEALED, source), () -> true);
    }

    private static String token(SealKey key, String tenant, int backend, Instant expiry) {
        return new TenantSeal(() -> key, InstantSource.system()).token(TenantId.of(tenant), backend, expiry);
    }

    private static int pid(Connection connection) throws SQLException {
        return Integer.parseInt(rows(connection, "select pg_backend_pid()").get(0));
    }

    private static void become(Connection connection, String value) throws SQLException {
        try (var statement = connection.prepareStatement(BECOME)) {
            statement.setString(1, value);
            statement.execute();
        }
    }

    /** In a transaction of acme that is rolled back. */
    private static void as(DataSource dataSource, Attack attack) throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                attack.on(connection);
                connection.rollback();
            }
        });
    }

    private interface Attack {
        void on(Connection connection) throws SQLException;
    }
}
