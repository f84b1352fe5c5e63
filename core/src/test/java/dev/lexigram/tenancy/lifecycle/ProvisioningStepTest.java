package dev.lexigram.tenancy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantCapacityException;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisioningStepTest extends LifecycleFixture {

    private static final TenantId ID = TenantId.of("t1");
    private static final int FLOOD = 200;

    private final List<String> log = new ArrayList<>();
    private String broken = "";

    @Test
    void on_failure_the_finished_steps_are_undone_the_last_first_and_the_broken_one_is_not() {
        broken = "run three";

        assertThatThrownBy(this::create)
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageContaining("step 'three' failed");

        assertThat(log).containsExactly("run one", "run two", "undo two", "undo one");
        assertThat(provisioned).as("and the place last").isEmpty();
        assertThat(store.findById(ID).orElseThrow().status()).isEqualTo(TenantStatus.FAILED);
        assertThat(store.journal().orElseThrow().isOpen(ID)).isFalse();
    }

    @Test
    void what_cannot_be_undone_leaves_the_run_open_and_the_tenant_unserved() {
        broken = "run three";
        var service = service("undo one");

        assertThatThrownBy(() -> create(service))
                .isInstanceOf(TenantProvisioningException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessageContaining("'one'"));

        assertThat(store.findById(ID).orElseThrow().status()).isEqualTo(TenantStatus.PROVISIONING);
        assertThat(store.journal().orElseThrow().isOpen(ID)).isTrue();
    }

    @Test
    void a_failed_tenant_can_be_tried_again_as_long_as_its_slug_is_free() {
        broken = "run three";
        assertThatThrownBy(this::create).isInstanceOf(TenantProvisioningException.class);
        broken = "";

        var tenant = service("").retryProvisioning(ID);

        assertThat(tenant.isActive()).isTrue();
        assertThat(tenant.statusReason()).isNull();
        assertThat(provisioned).containsExactly(ID);
        assertThat(store.events()).hasSize(1);
    }

    @Test
    void a_failed_tenant_whose_slug_is_taken_stays_failed() {
        broken = "run three";
        assertThatThrownBy(this::create).isInstanceOf(TenantProvisioningException.class);
        broken = "";
        tenants.createTenant(new CreateTenantCommand("newco", "Rival"));

        assertThatThrownBy(() -> service("").retryProvisioning(ID)).isInstanceOf(TenantSlugConflictException.class);

        assertThat(store.findById(ID).orElseThrow().status()).isEqualTo(TenantStatus.FAILED);
    }

    @Test
    void LC_03_the_same_request_under_one_key_has_one_result_and_another_request_is_a_conflict() {
        var command = command().withIdempotencyKey("k1").withConfig(Map.of("a", 1, "b", List.of(true, 2.50)));
        var first = tenants.createTenant(command);

        for (var attempt = 0; attempt < 10; attempt++) {
            var again = command.withConfig(Map.of("b", List.of(true, 2.5), "a", 1L));
            assertThat(tenants.createTenant(again)).isEqualTo(first);
        }
        var suspended = tenants.suspendTenant(ID, "unpaid");
        assertThat(tenants.createTenant(command)).isEqualTo(suspended);

        for (var other : List.of(
                command.withConfig(Map.of("a", 1, "b", List.of(true, 2.51))),
                command.withPlan("gold"),
                new CreateTenantCommand("other", "NewCo").withIdempotencyKey("k1"),
                command.withMetadata(Map.of("a", 1)))) {
            assertThatThrownBy(() -> tenants.createTenant(other)).isInstanceOf(TenantConflictException.class);
        }
        assertThatThrownBy(() -> tenants.createTenant(command.withIdempotencyKey("k2")))
                .as("control: under another key it is another request")
                .isInstanceOf(TenantSlugConflictException.class);
        assertThat(tenants.listTenants(false)).hasSize(1);
    }

    @Test
    void LC_03_a_request_that_failed_says_so_again_under_its_key() {
        broken = "run one";
        var command = command().withIdempotencyKey("k1");
        var service = service("");
        assertThatThrownBy(() -> service.createTenant(command)).isInstanceOf(TenantProvisioningException.class);

        assertThatThrownBy(() -> service.createTenant(command))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageContaining("retryProvisioning");
        broken = "";
        service.retryProvisioning(ID);

        assertThat(service.createTenant(command).isActive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "\u00e9", "a\u0000"})
    void what_is_no_key_is_refused(String key) {
        assertThatThrownBy(() -> command().withIdempotencyKey(key)).isInstanceOf(InvalidTenantException.class);
        assertThatThrownBy(() -> command().withIdempotencyKey("k".repeat(256)))
                .isInstanceOf(InvalidTenantException.class);
    }

    @Test
    void RX_10_a_flood_of_creations_is_refused_beyond_a_bounded_queue_and_harms_no_other_work() throws Exception {
        var known = create(tenants).id();
        var inside = new Inside();
        place.work = id -> inside.enter();
        var refused = new ConcurrentLinkedQueue<RuntimeException>();
        var limit = Creation.AT_ONCE + Creation.WAITING;

        var flood = flood(index -> {
            try {
                tenants.createTenant(new CreateTenantCommand("flood" + index, "Flood"));
            } catch (RuntimeException failure) {
                refused.add(failure);
            }
        });
        while (refused.size() < FLOOD - limit) {
            Thread.onSpinWait();
        }
        assertThat(tenants.suspendTenant(known, "unpaid").status()).isEqualTo(TenantStatus.SUSPENDED);
        inside.open.countDown();
        for (var thread : flood) {
            thread.join();
        }

        assertThat(refused).hasSize(FLOOD - limit).hasOnlyElementsOfType(TenantCapacityException.class);
        assertThat(inside.most.get()).isEqualTo(Creation.AT_ONCE);
        assertThat(tenants.listTenants(true)).hasSize(limit);
    }

    @Test
    void RX_10_control_without_the_service_the_whole_flood_is_inside_at_once() throws Exception {
        var inside = new Inside();
        place.work = id -> inside.enter();

        var flood = flood(index -> place.provision(TenantId.of("flood" + index)));
        while (inside.most.get() < FLOOD) {
            Thread.onSpinWait();
        }
        inside.open.countDown();
        for (var thread : flood) {
            thread.join();
        }

        assertThat(provisioned).hasSize(FLOOD);
    }

    private static List<Thread> flood(IntConsumer work) {
        var flood = IntStream.range(0, FLOOD)
                .mapToObj(index -> new Thread(() -> work.accept(index)))
                .toList();
        flood.forEach(Thread::start);
        return flood;
    }

    private Tenant create() {
        return create(service(""));
    }

    private Tenant create(TenantLifecycleService service) {
        return service.createTenant(command());
    }

    private static CreateTenantCommand command() {
        return new CreateTenantCommand("newco", "NewCo").withId(ID);
    }

    private TenantLifecycleService service(String alsoBroken) {
        var steps = List.<ProvisioningStep>of(
                new Step("one", alsoBroken), new Step("two", alsoBroken), new Step("three", alsoBroken));
        return new TenantLifecycleService(parts(store, LifecycleConfig.DEFAULTS).withSteps(steps));
    }

    /** Counts who is in it, and lets nobody out before it is opened. */
    private static final class Inside {

        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final CountDownLatch open = new CountDownLatch(1);

        void enter() {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                open.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            now.decrementAndGet();
        }
    }

    private final class Step implements ProvisioningStep {

        private final String name;
        private final String alsoBroken;

        Step(String name, String alsoBroken) {
            this.name = name;
            this.alsoBroken = alsoBroken;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void run(Tenant tenant, long fence) {
            perform("run " + name);
        }

        @Override
        public void undo(Tenant tenant, long fence) {
            perform("undo " + name);
        }

        private void perform(String action) {
            if (action.equals(broken) || action.equals(alsoBroken)) {
                throw new IllegalStateException("for a test");
            }
            log.add(action);
        }
    }
}
