package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.lifecycle.CrashPoint;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.EraseReport;
import dev.lexigram.tenancy.lifecycle.Recovery;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantDeleted;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioned;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other processes are killed or stopped in the middle of their work, and this one ends it. */
@TenancyTest
class LifecycleCrashTest {

    private static final Set<CrashPoint> IN_CREATION = EnumSet.of(
            CrashPoint.BEGUN,
            CrashPoint.STEP_RUN,
            CrashPoint.STEP_WRITTEN,
            CrashPoint.STEPS_DONE,
            CrashPoint.TAKEN_OVER);

    private TestDatabase database;
    private TenantLifecycleService tenants;

    @BeforeEach
    void start(TestDatabase database) {
        this.database = database;
        var store = ControlPlane.emptyStore(database);
        schemas().forEach(name -> database.execute(Role.MIGRATOR, "drop schema \"tenant_" + name + "\" cascade"));
        tenants = LifecycleNode.service(store, database.jdbcUrl(), point -> {}, () -> {});
    }

    @Test
    void LC_01_LC_06_a_node_that_is_killed_at_any_point_leaves_nothing_that_another_does_not_bring_to_its_end()
            throws Exception {
        killAtEveryPoint();
        var left = statuses();

        assertThat(tenants.recover()).as("as long as the leases last").isEmpty();
        assertThat(statuses())
                .as("control: without recovery all stays as it is")
                .isEqualTo(left);
        assertThat(left).containsAllEntriesOf(of(IN_CREATION, TenantStatus.PROVISIONING));
        endLeases();
        var recovered = tenants.recover();

        assertThat(recovered).extracting(Recovery::failure).containsOnly(Optional.empty());
        assertThat(statuses()).isEqualTo(expected());
        assertThat(schemas()).as("no orphan and none missing").isEqualTo(withPlace());
        assertThat(count(TenantProvisioned.class, TenantStatus.ACTIVE))
                .containsOnlyKeys(namesIn(TenantStatus.ACTIVE).toArray(String[]::new))
                .containsValue(1L)
                .doesNotContainValue(2L);
        assertThat(count(TenantDeleted.class, TenantStatus.DELETED))
                .containsOnlyKeys(namesIn(TenantStatus.DELETED).toArray(String[]::new))
                .doesNotContainValue(2L);
        assertThat(namesIn(TenantStatus.DELETED))
                .allSatisfy(name -> assertThat(tenants.eraseReport(TenantId.of(name)))
                        .map(EraseReport::resources)
                        .hasValueSatisfying(resources -> assertThat(resources).isNotEmpty()));
        assertThat(tenants.recover()).as("nothing is left to do").isEmpty();
    }

    /** One process that stands at all points at once, each in a thread and with a tenant of its own. */
    private void killAtEveryPoint() throws Exception {
        try (var node = ForkedNode.start("crash", database.jdbcUrl())) {
            var reached = new TreeSet<String>();
            for (var count = 0; count < CrashPoint.values().length; count++) {
                reached.add(node.said());
            }
            assertThat(reached)
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(CrashPoint.values())
                            .map(point -> "at " + point)
                            .toList());
        }
    }

    private static Map<String, TenantStatus> expected() {
        var expected = new TreeMap<String, TenantStatus>();
        expected.putAll(of(IN_CREATION, TenantStatus.ACTIVE));
        expected.putAll(of(EnumSet.of(CrashPoint.FINISHED), TenantStatus.ACTIVE));
        expected.putAll(of(EnumSet.range(CrashPoint.TURNED_BACK, CrashPoint.FAILED), TenantStatus.FAILED));
        expected.putAll(of(EnumSet.of(CrashPoint.DELETION_SCHEDULED), TenantStatus.DELETING));
        expected.putAll(of(EnumSet.range(CrashPoint.PURGE_BEGUN, CrashPoint.PURGED), TenantStatus.DELETED));
        return expected; // and none that had not begun
    }

    private static Map<String, TenantStatus> of(Set<CrashPoint> points, TenantStatus status) {
        return points.stream().collect(Collectors.toMap(LifecycleNode::nameOf, point -> status));
    }

    @Test
    void LC_02_of_64_threads_in_each_of_two_processes_exactly_one_creates_the_tenant() throws Exception {
        try (var one = ForkedNode.start("race", database.jdbcUrl(), "64");
                var other = ForkedNode.start("race", database.jdbcUrl(), "64")) {
            assertThat(List.of(one.said(), other.said())).containsOnly("ready");
            one.tell("go");
            other.tell("go");

            assertThat(List.of(one.said(), other.said()))
                    .containsExactlyInAnyOrder("won 1, exists 63", "won 0, exists 64");
        }
        assertThat(tenants.listTenants(false)).singleElement().matches(Tenant::isActive);
        assertThat(ControlPlane.events(database)).hasSize(1);
        assertThat(schemas()).hasSize(1);
    }

    @Test
    void LC_09_a_node_that_was_stopped_for_longer_than_its_lease_is_refused_when_it_goes_on() throws Exception {
        try (var node = ForkedNode.start("pause", database.jdbcUrl())) {
            assertThat(node.said()).isEqualTo("at STEPS_DONE");
            node.signal("STOP");
            endLeases();
            assertThat(tenants.recover()).hasSize(1);
            var active = tenants.getTenant(TenantId.of("paused")).orElseThrow();
            assertThat(active.isActive()).isTrue();
            var suspended = tenants.suspendTenant(active.id(), "unpaid");

            node.signal("CONT");
            node.tell("go on");

            assertThat(node.said()).isEqualTo("refused with LEX_ERR_TENANT_018");
            assertThat(tenants.getTenant(active.id())).contains(suspended);
            assertThat(ControlPlane.events(database)).hasSize(2);
        }
    }

    @Test
    void LC_03_one_key_asked_for_by_ten_threads_creates_one_tenant_for_all() {
        var command = new CreateTenantCommand("newco", "NewCo").withIdempotencyKey("k-1");

        var outcomes = SqlTenantLifecycleTest.race(10, index -> tenants.createTenant(command));

        assertThat(outcomes).hasOnlyElementsOfType(Tenant.class).containsOnly(outcomes.get(0));
        assertThat(tenants.listTenants(false)).hasSize(1);
        var control = SqlTenantLifecycleTest.race(
                10, index -> tenants.createTenant(new CreateTenantCommand("other" + index, "NewCo")));
        assertThat(control)
                .as("control: ten requests without a key are ten tenants")
                .hasOnlyElementsOfType(Tenant.class);
        assertThat(tenants.listTenants(false)).hasSize(11);
    }

    private void endLeases() {
        database.execute(
                Role.CONTROL,
                "update tenancy.journal set lease_until = clock_timestamp() where lease_until is not null");
    }

    private Map<String, TenantStatus> statuses() {
        var statuses = new TreeMap<String, TenantStatus>();
        tenants.listTenants(false).forEach(tenant -> statuses.put(tenant.id().value(), tenant.status()));
        return statuses;
    }

    private List<String> namesIn(TenantStatus status) {
        return statuses().entrySet().stream()
                .filter(entry -> entry.getValue() == status)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Tenants that have a place, as the registry says it. */
    private Set<String> withPlace() {
        var names = new TreeSet<>(namesIn(TenantStatus.ACTIVE));
        names.addAll(namesIn(TenantStatus.DELETING));
        return names;
    }

    /** Tenants that have a place, as the catalogue says it. */
    private Set<String> schemas() {
        var names = ControlPlane.text(
                database,
                "select coalesce(string_agg(substr(nspname, 8), ','), '') from pg_namespace"
                        + " where nspname like 'tenant\\_%'");
        return new TreeSet<>(names.isEmpty() ? List.of() : List.of(names.split(",", -1)));
    }

    /** How many events of this kind each tenant in this status has. */
    private Map<String, Long> count(Class<? extends TenantEvent> kind, TenantStatus status) {
        var names = namesIn(status);
        return ControlPlane.events(database).stream()
                .filter(kind::isInstance)
                .map(event -> event.tenantId().value())
                .filter(names::contains)
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }
}
