package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.faults.PgBouncer;
import dev.lexigram.tenancy.postgres.faults.PrivateServer;
import dev.lexigram.tenancy.postgres.faults.StandbyServer;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import dev.lexigram.tenancy.testkit.Role;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** A standby that lags still has as active who was suspended: the control plane refuses it. */
class StandbyRefusalTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantPrincipal ADA = TenantPrincipal.of("ada");

    private static PrivateServer primary;
    private static StandbyServer standby;
    private static SqlTenantStore store;

    /** Where the store under test is led to, as a URL of several hosts or a name in the network would. */
    private PGSimpleDataSource led;

    @BeforeAll
    static void suspendBehindItsBack() {
        primary = PrivateServer.start();
        store = SqlTenantStore.of(primary.as(Role.CONTROL));
        var acme = store.save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());
        store.membership().grant("ada", ACME);
        standby = StandbyServer.of(primary);
        standby.awaitCaughtUp();
        standby.pause();
        store.save(acme.withStatus(TenantStatus.SUSPENDED, "unpaid", Instant.EPOCH), acme.version(), List.of());
        store.membership().revoke("ada", ACME);
    }

    @AfterAll
    static void stop() {
        standby.close();
        primary.close();
    }

    @BeforeEach
    void leadToThePrimary() {
        led = new PGSimpleDataSource();
        led.setUrl(primary.jdbcUrl());
        led.setUser(Role.CONTROL.login());
    }

    @Test
    void CN_22_without_the_guard_a_lagging_standby_has_the_suspended_tenant_as_active() throws SQLException {
        assertThat(store.findById(ACME)).map(Tenant::status).contains(TenantStatus.SUSPENDED);

        assertThat(unguarded(standby.as(Role.CONTROL)).status()).isEqualTo(TenantStatus.ACTIVE);
    }

    @Test
    void CN_22_a_start_on_a_standby_is_refused_and_says_what_to_do() {
        for (ThrowingCallable start : List.<ThrowingCallable>of(
                () -> SqlTenantStore.of(standby.as(Role.CONTROL), false),
                () -> SqlTenantStore.of(standby.as(Role.CONTROL)),
                () -> SqlTenantStore.of(standby.jdbcUrl(), Role.CONTROL.login(), ""))) {
            assertThatThrownBy(start)
                    .isInstanceOf(TenancyConfigurationException.class)
                    .hasMessageContaining("a standby, which may lag")
                    .hasMessageContaining("targetServerType=primary");
        }
    }

    @Test
    void CN_22_a_store_that_is_led_to_a_standby_later_reads_nothing_there_and_recovers() {
        var moved = SqlTenantStore.of(led);
        led.setUrl(standby.jdbcUrl());

        assertRefused(() -> moved.findById(ACME));
        assertRefused(() -> moved.findByName("acme"));
        assertRefused(() -> moved.membership().isMember(ADA, ACME));
        assertRefused(() -> moved.membership().grant("ada", ACME));

        led.setUrl(primary.jdbcUrl());
        assertThat(moved.findById(ACME)).map(Tenant::status).contains(TenantStatus.SUSPENDED);
    }

    @Test
    void CN_22_what_a_server_is_is_told_without_asking() throws SQLException {
        try (var ofPrimary = led.getConnection();
                var ofStandby = standby.as(Role.CONTROL).getConnection()) {
            assertThat(ofPrimary.unwrap(PGConnection.class).getParameterStatuses())
                    .containsEntry("in_hot_standby", "off");
            assertThat(ofStandby.unwrap(PGConnection.class).getParameterStatuses())
                    .containsEntry("in_hot_standby", "on");
        }
    }

    @Test
    void CN_22_a_membership_that_starts_on_a_standby_answers_nothing() {
        var membership = SqlTenantMembership.of(standby.as(Role.CONTROL));

        assertRefused(() -> membership.isMember(ADA, ACME));
    }

    @Test
    void CN_22_a_promoted_server_is_a_primary_to_the_connections_that_it_had() throws SQLException {
        try (var other = StandbyServer.of(primary);
                var connection = other.as(Role.CONTROL).getConnection();
                var refused = other.as(Role.CONTROL).getConnection()) {
            assertThatThrownBy(() -> Standby.refuse(refused)).hasFieldOrPropertyWithValue("SQLState", "25006");
            assertThat(refused.isClosed()).as("kept by no pool").isTrue();

            other.promote();

            Standby.refuse(connection);
            assertThat(connection.isClosed()).isFalse();
        }
    }

    @Test
    @Tag("pgbouncer")
    void CN_22_a_pooler_does_not_hide_a_standby_that_the_store_is_led_to_later() {
        try (var bouncer = PgBouncer.before(standby.jdbcUrl(), Role.CONTROL.login(), "pool_mode = session")) {
            var moved = SqlTenantStore.of(led);
            led.setUrl(bouncer.jdbcUrl());

            assertRefused(() -> moved.findById(ACME));
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(TenantUnavailableException.class)
                .hasRootCauseMessage("SQLSTATE 25006: the server is a standby, which may lag; connect to the primary");
    }

    /** What the store asks, asked past the guard. */
    private static Tenant unguarded(DataSource server) throws SQLException {
        try (var connection = server.getConnection();
                var statement = connection.prepareStatement(SqlTenantStore.BY_ID)) {
            statement.setString(1, ACME.value());
            try (var row = statement.executeQuery()) {
                row.next();
                return TenantRow.read(row);
            }
        }
    }
}
