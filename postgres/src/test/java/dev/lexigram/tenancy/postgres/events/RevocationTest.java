package dev.lexigram.tenancy.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.cache.InvalidationBus;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.postgres.faults.FaultProxy;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** AZ-03, AZ-04, CA-05: a right that one node takes away is gone on the others within the bound. */
@TenancyTest
class RevocationTest {

    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static TestDatabase database;
    private static Node here;

    @BeforeAll
    static void start(TestDatabase shared) {
        database = shared;
        here = Node.on(shared.jdbcUrl(), Node.beating(1000), LONG);
    }

    @AfterAll
    static void stop() {
        here.close();
    }

    @Test
    void AZ_03_a_suspension_holds_on_another_node_within_2_s() {
        var acme = here.create("acme03");
        try (var there = Node.on(database.jdbcUrl(), Node.beating(1000), LONG).awaitBus()) {
            assertThat(there.admits(acme)).isTrue();

            var before = now();
            here.tenancy.tenants().suspendTenant(acme, "unpaid");
            Await.until("the refusal", () -> !there.admits(acme));

            assertThat(Duration.between(before, now())).isLessThan(BOUND);
        }
    }

    @Test
    void AZ_03_control_without_the_bus_the_other_node_serves_on_until_its_answer_is_too_old() {
        var acme = here.create("acme03c");
        try (var there = Node.on(database.jdbcUrl(), Node.noBus(), SHORT)) {
            assertThat(there.admits(acme)).isTrue();

            var before = now();
            here.tenancy.tenants().suspendTenant(acme, "unpaid");
            assertThat(there.admits(acme)).isTrue();
            Await.until("the refusal", () -> !there.admits(acme));

            assertThat(Duration.between(before, now())).isBetween(Duration.ofMillis(500), SHORT.plusSeconds(1));
        }
    }

    @Test
    void AZ_04_a_membership_that_ends_is_refused_on_another_node_within_2_s() {
        var acme = here.create("acme04");
        try (var there = Node.on(database.jdbcUrl(), Node.beating(1000), LONG).awaitBus()) {
            assertThat(there.admits(acme)).isTrue();

            var before = now();
            here.members.revoke(Node.ADA, acme);
            Await.until("the refusal", () -> !there.admits(acme));
            assertThat(Duration.between(before, now())).isLessThan(BOUND);

            here.members.grant(Node.ADA, acme);
            Await.until("the admission", () -> there.admits(acme));
        }
    }

    @Test
    void AZ_04_control_without_the_bus_the_member_is_remembered_until_the_answer_is_too_old() {
        var acme = here.create("acme04c");
        try (var there = Node.on(database.jdbcUrl(), Node.noBus(), SHORT)) {
            assertThat(there.admits(acme)).isTrue();

            here.members.revoke(Node.ADA, acme);

            assertThat(there.admits(acme)).isTrue();
            Await.until("the refusal", () -> !there.admits(acme));
        }
    }

    @Test
    void AZ_03_CA_05_with_the_bus_stalled_the_bound_is_the_greatest_age_and_it_heals() {
        var acme = here.create("acme05");
        try (var proxy = FaultProxy.before(database.jdbcUrl());
                var there =
                        Node.on(database.jdbcUrl(), busThrough(proxy), SHORT).awaitBus()) {
            assertThat(there.admits(acme)).isTrue();
            var loaded = now();
            // Control: while the bus is up, an answer serves for longer than this.
            Await.until("a second", () -> Duration.between(loaded, now()).compareTo(SHORT.plusMillis(100)) > 0);
            var remembered = remembers(there, acme);

            proxy.stall();
            var before = now();
            here.tenancy.tenants().suspendTenant(acme, "unpaid");
            Await.until("the refusal", () -> !there.admits(acme));

            assertThat(remembered).as("the store was not asked again").isTrue();
            assertThat(Duration.between(before, now())).isLessThan(BOUND);
            proxy.heal();
            there.awaitBus();
            here.tenancy.tenants().activateTenant(acme);
            Await.until("the admission", () -> there.admits(acme));
        }
    }

    @Test
    void CA_05_what_was_read_before_the_connection_broke_is_not_covered_by_the_next_one() {
        var acme = here.create("acme06");
        try (var proxy = FaultProxy.before(database.jdbcUrl());
                var there =
                        Node.on(database.jdbcUrl(), busThrough(proxy), SHORT).awaitBus()) {
            assertThat(there.admits(acme)).isTrue();
            var read = System.nanoTime();
            assertThat(there.tenancy.bus().orElseThrow().covers(read, read)).isTrue();

            proxy.reset();
            Await.until("another connection", () -> there.hears() && !covers(there, read));
            there.awaitBus();

            assertThat(covers(there, read)).isFalse();
            assertThat(there.hears()).isTrue();
        }
    }

    @Test
    void AZ_03_a_stranger_in_the_database_can_make_a_node_forget_and_nothing_else() {
        var acme = here.create("acme07");
        here.awaitBus();
        assertThat(here.admits(acme)).isTrue();

        for (var forged :
                new String[] {"t acme07 999999999999999999", "t acme07 0", "m acme07 ada", "t", "x y z", ""}) {
            database.execute(Role.APP, "select pg_notify('tenancy_invalidation', '" + forged + "')");
        }

        assertThat(here.admits(acme)).isTrue();
        here.tenancy.tenants().suspendTenant(acme, "unpaid");
        assertThat(here.admits(acme)).isFalse();
    }

    private static InvalidationBus busThrough(FaultProxy proxy) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(proxy.jdbcUrl());
        dataSource.setUser(Role.CONTROL.login());
        return SqlTenantStore.of(dataSource, false).invalidations(Node.beating(100));
    }

    private static boolean covers(Node node, long since) {
        return node.tenancy.bus().orElseThrow().covers(since, System.nanoTime());
    }

    /** Whether the node answers from memory: another tenant of this id in the database changes nothing. */
    private static boolean remembers(Node node, TenantId tenant) {
        database.execute(
                Role.CONTROL, "update tenancy.tenants set status = 'inactive' where tenant_id = '" + tenant + "'");
        var admitted = node.admits(tenant);
        database.execute(
                Role.CONTROL, "update tenancy.tenants set status = 'active' where tenant_id = '" + tenant + "'");
        return admitted;
    }

    private static OffsetDateTime now() {
        try (var connection = database.as(Role.CONTROL).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select clock_timestamp()")) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
