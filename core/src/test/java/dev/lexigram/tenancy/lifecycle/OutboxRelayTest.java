package dev.lexigram.tenancy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.Outbox;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantActivated;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** E-2, E-3: what a relay does with an outbox, on a clock of our own. */
class OutboxRelayTest {

    private volatile Instant now = Instant.parse("2026-10-01T08:30:00Z");
    private final InMemoryTenantStore store = new InMemoryTenantStore(() -> now);
    private final Outbox outbox = store.outbox().orElseThrow();
    private final List<TenantEvent> heard = new CopyOnWriteArrayList<>();

    @Test
    void E_3_a_failure_is_retried_after_1_s_and_twice_as_long_each_time_up_to_5_minutes_then_parked() {
        var attempts = new ArrayList<Instant>();
        var courier = courier("broken", event -> {
            attempts.add(now);
            throw new IllegalStateException("for a test");
        });
        store(tenant("acme"));

        var waits = new ArrayList<Long>();
        for (var second = 0; second < 10_000; second++) {
            courier.deliver();
            now = now.plusSeconds(1);
        }
        for (var attempt = 1; attempt < attempts.size(); attempt++) {
            waits.add(Duration.between(attempts.get(attempt - 1), attempts.get(attempt))
                    .toSeconds());
        }

        assertThat(waits)
                .startsWith(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L)
                .hasSize(19)
                .endsWith(300L);
        assertThat(outbox.state(List.of("broken")).parked()).isEqualTo(1);
    }

    @Test
    void E_3_a_tenant_waits_for_its_failed_event_while_other_tenants_and_listeners_do_not() {
        var broken = courier("broken", event -> {
            if (event.tenantId().value().equals("acme")) {
                throw new AssertionError("for a test");
            }
            heard.add(event);
        });
        var sound = courier("sound", heard::add);
        var acme = store(tenant("acme"));
        store(acme);
        store(tenant("globex"));

        broken.deliver();
        assertThat(heard).extracting(event -> event.tenantId().value()).containsExactly("globex");
        sound.deliver();

        assertThat(heard).hasSize(4);
        assertThat(outbox.state(List.of("broken")).open()).isEqualTo(1);
    }

    @Test
    void E_2_the_order_within_a_tenant_is_kept_over_failures_and_each_event_comes_at_least_once() {
        var calls = new int[1];
        var courier = courier("shaky", event -> {
            if (++calls[0] % 3 == 0) {
                throw new IllegalStateException("for a test");
            }
            heard.add(event);
        });
        var acme = tenant("acme");
        for (var event = 0; event < 50; event++) {
            acme = store(acme);
        }

        while (outbox.state(List.of("shaky")).open() > 0) {
            courier.deliver();
            now = now.plusSeconds(2);
        }

        assertThat(heard).extracting(TenantEvent::sequence).isSorted().hasSize(50);
    }

    @Test
    void it_tells_on_a_thread_of_its_own_and_a_slow_listener_holds_up_nobody() throws InterruptedException {
        var entered = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        var threads = new CopyOnWriteArrayList<Thread>();
        try (var relay = new OutboxRelay(outbox, "app")) {
            relay.add(listener("slow", event -> {
                entered.countDown();
                awaitUninterrupted(free);
            }));
            relay.add(listener("quick", event -> {
                threads.add(Thread.currentThread());
                heard.add(event);
            }));
            await(() -> outbox.state(List.of("app:slow")).open() == 0); // registered or not, there is nothing yet

            store(tenant("acme")); // returns although "slow" does not
            relay.wake();
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            store(tenant("globex"));
            relay.wake();
            await(() -> heard.size() == 2);

            assertThat(threads).doesNotContain(Thread.currentThread());
            assertThat(relay.state().open()).isPositive();
            free.countDown();
            await(() -> relay.state().open() == 0);
        }
    }

    @Test
    void a_listener_that_was_removed_is_told_when_it_is_added_again_and_of_nothing_twice() {
        var listener = listener("mail", heard::add);
        try (var relay = new OutboxRelay(outbox, "app")) {
            relay.add(listener);
            var acme = store(tenant("acme"));
            relay.wake();
            await(() -> heard.size() == 1);
            relay.remove(listener);
            store(acme);
            relay.wake();
            assertThat(relay.listeners()).isEmpty();

            relay.add(listener);

            await(() -> heard.size() == 2);
            assertThat(heard).extracting(TenantEvent::sequence).containsExactly(1L, 2L);
        }
    }

    @Test
    void a_name_that_the_outbox_cannot_keep_or_that_is_taken_is_refused() {
        try (var relay = new OutboxRelay(outbox, "app")) {
            relay.add(listener("mail", heard::add));
            assertThatThrownBy(() -> relay.add(listener("mail", heard::add))).hasMessageContaining("app:mail");
            for (var hostile : List.of("", " ", "a b", "a'", "-a", "a\n", "a".repeat(101))) {
                assertThatThrownBy(() -> relay.add(listener(hostile, heard::add)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("1-100 letters");
            }
        }
    }

    private Courier courier(String name, Consumer<TenantEvent> work) {
        var courier = new Courier(outbox, listener(name, work), name, () -> false);
        courier.register();
        return courier;
    }

    private Tenant tenant(String id) {
        var tenant = Tenant.active(TenantId.of(id), Slug.of(id), id, now);
        return store.save(tenant, TenantStore.NEW, List.of());
    }

    private Tenant store(Tenant tenant) {
        var event = new TenantActivated(Uuid7.next(), tenant.id(), 0, now, "test");
        return store.save(tenant, tenant.version(), List.of(event));
    }

    private static TenantEventListener listener(String name, Consumer<TenantEvent> work) {
        return new TenantEventListener() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void on(TenantEvent event) {
                work.accept(event);
            }
        };
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("within 20 s").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
