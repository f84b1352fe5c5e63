package dev.lexigram.tenancy.testkit;

import static dev.lexigram.tenancy.testkit.TenantStoreFixture.activated;
import static dev.lexigram.tenancy.testkit.TenantStoreFixture.create;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.stores.Outbox;
import dev.lexigram.tenancy.stores.OutboxBatch;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every outbox does. A test class implements it and thereby runs all of it. */
public interface OutboxContract {

    Duration LEASE = Duration.ofSeconds(30);

    /** A store without tenants, whose outbox knows no listener. */
    TenantStore emptyStore();

    /** Lets so much time pass for the outbox of this store. */
    void pass(TenantStore store, Duration time);

    @Test
    default void a_listener_gets_every_event_of_a_tenant_in_order_whether_stored_before_it_came_or_after() {
        var store = emptyStore();
        var outbox = outbox(store);
        var acme = create(store, "acme", "acme");
        store.save(acme, 1, events(acme, 2));

        outbox.register("mail");
        store.save(acme, 2, events(acme, 1));

        assertThat(sequences(only(outbox, "mail"))).containsExactly(1L, 2L, 3L);
    }

    @Test
    default void what_is_delivered_is_not_given_again_and_every_listener_has_its_own() {
        var store = emptyStore();
        var outbox = outbox(store);
        outbox.register("mail");
        outbox.register("audit");
        var acme = create(store, "acme", "acme");
        store.save(acme, 1, events(acme, 3));

        var batch = only(outbox, "mail");
        assertThat(outbox.delivered(batch, 2)).isTrue();

        assertThat(sequences(only(outbox, "mail"))).containsExactly(3L);
        assertThat(sequences(only(outbox, "audit"))).containsExactly(1L, 2L, 3L);
    }

    @Test
    default void a_lane_that_is_taken_is_nobody_elses_until_its_lease_is_over() {
        var store = emptyStore();
        var outbox = outbox(store);
        outbox.register("mail");
        var acme = create(store, "acme", "acme");
        var globex = create(store, "globex", "globex");
        store.save(acme, 1, events(acme, 1));
        var first = only(outbox, "mail");
        store.save(globex, 1, events(globex, 1));

        assertThat(outbox.claim("mail", LEASE, 10))
                .extracting(batch -> batch.tenant().value())
                .containsExactly("globex");
        pass(store, LEASE.plusMillis(1));
        var again = outbox.claim("mail", LEASE, 10);

        assertThat(again).extracting(batch -> batch.tenant().value()).containsExactlyInAnyOrder("acme", "globex");
        assertThat(outbox.delivered(first, 1))
                .as("who lost the lease settles nothing")
                .isFalse();
        assertThat(outbox.state(List.of("mail")).open()).isEqualTo(2);
    }

    @Test
    default void of_many_that_take_a_lane_at_once_one_gets_it() {
        var store = emptyStore();
        var outbox = outbox(store);
        outbox.register("mail");
        var acme = create(store, "acme", "acme");
        store.save(acme, 1, events(acme, 1));

        var taken =
                TenantStoreFixture.race(8, () -> outbox.claim("mail", LEASE, 10).size());

        assertThat(taken).containsOnlyOnce(1).containsOnly(0, 1);
    }

    @Test
    default void what_failed_is_due_again_after_its_time_and_counts() {
        var store = emptyStore();
        var outbox = outbox(store);
        outbox.register("mail");
        var acme = create(store, "acme", "acme");
        store.save(acme, 1, events(acme, 2));

        outbox.failed(only(outbox, "mail"), 0, Duration.ofSeconds(60), "Boom");
        assertThat(outbox.claim("mail", LEASE, 10)).isEmpty();
        pass(store, Duration.ofSeconds(61));
        var second = only(outbox, "mail");
        outbox.failed(second, 1, Duration.ZERO, "Boom");
        var third = only(outbox, "mail");
        outbox.delivered(third, 1);
        var fourth = only(outbox, "mail");

        assertThat(second.attempts()).isEqualTo(1);
        assertThat(third.attempts()).as("of the next event").isEqualTo(1);
        assertThat(fourth.attempts()).as("giving back unchanged is no failure").isEqualTo(1);
        assertThat(sequences(fourth)).containsExactly(2L);
    }

    @Test
    default void a_parked_lane_waits_for_this_listener_only_until_it_is_retried_or_skipped() {
        var store = emptyStore();
        var outbox = outbox(store);
        outbox.register("mail");
        outbox.register("audit");
        var acme = create(store, "acme", "acme");
        var globex = create(store, "globex", "globex");
        store.save(acme, 1, events(acme, 2));

        outbox.park(only(outbox, "mail"), 0, "Boom");
        store.save(acme, 2, events(acme, 1));
        store.save(globex, 1, events(globex, 1));
        pass(store, Duration.ofDays(1));

        assertThat(outbox.claim("mail", LEASE, 10))
                .extracting(batch -> batch.tenant().value())
                .containsExactly("globex");
        assertThat(sequences(outbox.claim("audit", LEASE, 1).get(0))).isNotEmpty();
        assertThat(outbox.state(List.of("mail")).parked()).isEqualTo(1);

        assertThat(outbox.retry("mail")).isEqualTo(1);
        var again = only(outbox, "mail");
        assertThat(sequences(again)).containsExactly(1L, 2L, 3L);
        outbox.park(again, 1, "Boom");
        assertThat(outbox.skip("mail")).isEqualTo(1);
        assertThat(sequences(only(outbox, "mail"))).containsExactly(3L);
    }

    @Test
    default void the_state_tells_how_long_the_oldest_open_event_waits() {
        var store = emptyStore();
        var outbox = outbox(store);
        outbox.register("mail");
        var acme = create(store, "acme", "acme");
        assertThat(outbox.state(List.of("mail")).oldest()).isZero();

        store.save(acme, 1, events(acme, 1));
        pass(store, Duration.ofMinutes(2));
        var waiting = outbox.state(List.of("mail"));
        outbox.delivered(only(outbox, "mail"), 1);

        assertThat(waiting.open()).isEqualTo(1);
        assertThat(waiting.oldest()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
        assertThat(outbox.state(List.of("mail")).open()).isZero();
        assertThat(outbox.state(List.of("nobody")).open()).isZero();
    }

    @Test
    default void an_event_is_kept_for_its_time_after_the_last_listener_knows_it() {
        var store = emptyStore();
        var outbox = outbox(store);
        var kept = Duration.ofDays(7);
        outbox.register("mail");
        outbox.register("audit");
        var acme = create(store, "acme", "acme");
        store.save(acme, 1, events(acme, 2));
        outbox.delivered(only(outbox, "mail"), 2);

        pass(store, Duration.ofDays(30));
        assertThat(outbox.clean(kept)).as("audit does not know it yet").isZero();
        outbox.delivered(only(outbox, "audit"), 1);
        assertThat(outbox.clean(kept)).isZero();
        pass(store, Duration.ofDays(6));
        assertThat(outbox.clean(kept)).isZero();
        pass(store, Duration.ofDays(2));
        assertThat(outbox.clean(kept)).isEqualTo(1);

        assertThat(sequences(only(outbox, "audit"))).containsExactly(2L);
        outbox.register("late");
        assertThat(sequences(only(outbox, "late"))).containsExactly(2L);
    }

    @Test
    default void nothing_waits_for_a_listener_that_has_gone() {
        var store = emptyStore();
        var outbox = outbox(store);
        outbox.register("mail");
        var acme = create(store, "acme", "acme");
        store.save(acme, 1, events(acme, 1));

        outbox.unregister("mail");

        assertThat(outbox.claim("mail", LEASE, 10)).isEmpty();
        assertThat(outbox.state(List.of("mail")).open()).isZero();
        outbox.clean(Duration.ofDays(7));
        pass(store, Duration.ofDays(8));
        assertThat(outbox.clean(Duration.ofDays(7))).isEqualTo(1);
    }

    private static Outbox outbox(TenantStore store) {
        return store.outbox().orElseThrow();
    }

    private static OutboxBatch only(Outbox outbox, String listener) {
        var batches = outbox.claim(listener, LEASE, 10);
        assertThat(batches).hasSize(1);
        return batches.get(0);
    }

    private static List<Long> sequences(OutboxBatch batch) {
        return batch.events().stream().map(TenantEvent::sequence).toList();
    }

    private static List<TenantEvent> events(Tenant tenant, int count) {
        return IntStream.range(0, count).mapToObj(index -> activated(tenant)).toList();
    }
}
