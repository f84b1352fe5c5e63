package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.LifecycleConfig;
import dev.lexigram.tenancy.lifecycle.LifecycleParts;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.stores.RunOpening;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantActivated;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantDeactivated;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioned;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantSuspended;
import dev.lexigram.tenancy.tenant.Uuid7;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TenancyTest
class SqlTenantLifecycleTest {

    private static final Map<Class<? extends TenantEvent>, TenantStatus> RESULT = Map.of(
            TenantProvisioned.class, TenantStatus.ACTIVE,
            TenantActivated.class, TenantStatus.ACTIVE,
            TenantSuspended.class, TenantStatus.SUSPENDED,
            TenantDeactivated.class, TenantStatus.INACTIVE);

    private static final Map<TenantStatus, List<TenantStatus>> LEGAL = Map.of(
            TenantStatus.PROVISIONING, List.of(TenantStatus.ACTIVE),
            TenantStatus.ACTIVE, List.of(TenantStatus.SUSPENDED, TenantStatus.INACTIVE),
            TenantStatus.SUSPENDED, List.of(TenantStatus.ACTIVE, TenantStatus.INACTIVE),
            TenantStatus.INACTIVE, List.of(TenantStatus.ACTIVE));

    private final ConcurrentLinkedQueue<TenantId> provisioned = new ConcurrentLinkedQueue<>();
    private TestDatabase database;
    private TenantLifecycleService tenants;

    @BeforeEach
    void start(TestDatabase database) {
        this.database = database;
        tenants = service(ControlPlane.emptyStore(database), InstantSource.system());
    }

    private TenantLifecycleService service(TenantStore store, InstantSource clock) {
        var strategies = new IsolationStrategyRegistry();
        strategies.register(new RecordingStrategy());
        return new TenantLifecycleService(
                LifecycleParts.of(store, strategies, LifecycleConfig.DEFAULTS).withClock(clock));
    }

    @Test
    void a_new_tenant_is_active_placed_and_reported_once() {
        var tenant = tenants.createTenant(new CreateTenantCommand("newco", "NewCo Inc."));

        assertThat(tenant.isActive()).isTrue();
        assertThat(tenants.getTenantBySlug(Slug.of("newco"))).contains(tenant);
        assertThat(provisioned).containsExactly(tenant.id());
        assertThat(ControlPlane.text(database, "select strategy || server || epoch from tenancy.placements"))
                .isEqualTo("row_leveldefault1");
        assertThat(ControlPlane.events(database)).singleElement().isInstanceOf(TenantProvisioned.class);
    }

    @Test
    void LC_02_of_64_creations_of_one_slug_exactly_one_wins() {
        var outcomes = race(64, index -> tenants.createTenant(new CreateTenantCommand("acme", "Acme " + index)));

        assertThat(outcomes).filteredOn(Tenant.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(TenantSlugConflictException.class::isInstance)
                .hasSize(63);
        assertThat(provisioned).hasSize(1);
        assertThat(tenants.listTenants(false)).hasSize(1);
        assertThat(ControlPlane.events(database)).hasSize(1);
    }

    @Test
    void LC_13_a_node_whose_clock_is_wrong_takes_nothing_over_before_its_time() {
        var store = ControlPlane.emptyStore(database);
        var run = new RunOpening(
                Uuid7.next(),
                LifecycleRun.Kind.PROVISION,
                ControlPlane.tenant("acme", "acme"),
                TenantStore.NEW,
                List.of(),
                Duration.ofSeconds(30),
                Optional.empty(),
                Optional.empty());
        store.journal().orElseThrow().begin(run);

        for (var hours : List.of(-1, 1, 24)) {
            var wrong = InstantSource.offset(InstantSource.system(), Duration.ofHours(hours));
            assertThat(service(store, wrong).recover()).isEmpty();
        }

        assertThat(ControlPlane.text(
                        database,
                        "select count(*) from tenancy.journal where lease_until < '"
                                + Instant.now().plus(Duration.ofHours(1)) + "'"))
                .as("control: by the clock of such a node the lease has ended")
                .isEqualTo("1");
    }

    @Test
    void LC_10_changes_by_eight_threads_make_a_legal_history_without_a_gap() {
        var acme = tenants.createTenant(new CreateTenantCommand("acme", "Acme"));

        var outcomes = race(8, index -> {
            for (var round = 0; round < 10; round++) {
                ask(acme.id(), index + round);
            }
            return "done";
        });

        assertThat(outcomes).containsOnly("done");
        var events = ControlPlane.events(database);
        assertThat(history(events)).startsWith(TenantStatus.ACTIVE);
        assertThat(events).extracting(TenantEvent::sequence).containsExactlyElementsOf(oneTo(events.size()));
        var last = tenants.getTenant(acme.id()).orElseThrow();
        assertThat(last.status())
                .isEqualTo(RESULT.get(events.get(events.size() - 1).getClass()));
        assertThat(last.version())
                .as("creation takes two versions, every event one")
                .isEqualTo(events.size() + 1L);
    }

    private void ask(TenantId id, int choice) {
        try {
            switch (choice % 3) {
                case 0 -> tenants.suspendTenant(id, "unpaid");
                case 1 -> tenants.activateTenant(id);
                default -> tenants.deactivateTenant(id);
            }
        } catch (TenantStateException | TenantConflictException refused) {
            assertThat(refused).hasMessageContaining(id.value());
        }
    }

    /** Every status that the events lead to; an illegal step fails. */
    private static List<TenantStatus> history(List<TenantEvent> events) {
        var history = new ArrayList<TenantStatus>();
        var status = TenantStatus.PROVISIONING;
        for (var event : events) {
            var next = RESULT.get(event.getClass());
            assertThat(LEGAL.get(status)).as("after %s: %s", history, event).contains(next);
            history.add(next);
            status = next;
        }
        return history;
    }

    private static List<Long> oneTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    static List<Object> race(int threads, Work work) {
        var start = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var running = IntStream.range(0, threads)
                    .mapToObj(index -> pool.submit((Callable<Object>) () -> {
                        start.await();
                        return work.run(index);
                    }))
                    .toList();
            start.countDown();
            var outcomes = new ArrayList<Object>();
            for (var future : running) {
                try {
                    outcomes.add(future.get());
                } catch (ExecutionException failure) {
                    outcomes.add(failure.getCause());
                }
            }
            return outcomes;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        } finally {
            pool.shutdownNow();
        }
    }

    interface Work {
        Object run(int index) throws Exception;
    }

    private final class RecordingStrategy implements IsolationStrategy {

        @Override
        public String name() {
            return "row_level";
        }

        @Override
        public void provision(TenantId id) {
            provisioned.add(id);
        }

        @Override
        public void deprovision(TenantId id) {
            provisioned.remove(id);
        }

        @Override
        public Connection open(Tenant tenant) {
            throw new UnsupportedOperationException();
        }
    }
}
