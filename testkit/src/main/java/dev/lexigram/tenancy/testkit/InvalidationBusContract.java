package dev.lexigram.tenancy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.cache.Invalidation;
import dev.lexigram.tenancy.cache.Invalidation.ConfigChanged;
import dev.lexigram.tenancy.cache.Invalidation.MemberChanged;
import dev.lexigram.tenancy.cache.Invalidation.TenantChanged;
import dev.lexigram.tenancy.cache.InvalidationBus;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What every bus does. A test class implements it and thereby runs all of it. */
public interface InvalidationBusContract {

    TenantId ACME = TenantId.of("acme");

    /** So many buses that hear each other, as on so many nodes, or the same one for all where there can be one only. */
    List<InvalidationBus> buses(int nodes);

    @Test
    default void every_node_hears_every_change_in_the_order_of_one_sender() throws InterruptedException {
        var buses = buses(2);
        var heard = new ArrayList<LinkedBlockingQueue<Invalidation>>();
        for (var bus : buses) {
            var queue = new LinkedBlockingQueue<Invalidation>();
            heard.add(queue);
            bus.subscribe(queue::add);
            await(() -> coversNow(bus));
        }
        var changes = List.of(
                new TenantChanged(ACME, 7),
                new MemberChanged(ACME, "ada lovelace; '\"\u00e4\ud83d\ude00"),
                new ConfigChanged(ACME, Long.parseLong("9".repeat(18))),
                new TenantChanged(TenantId.of("globex"), 1));

        changes.forEach(buses.get(0)::announce);

        for (var queue : heard) {
            for (var change : changes) {
                assertThat(queue.poll(10, TimeUnit.SECONDS)).isEqualTo(change);
            }
        }
        buses.forEach(InvalidationBus::close);
    }

    @Test
    default void what_was_read_before_it_listened_is_not_covered_nor_is_anything_once_it_is_closed() {
        var before = System.nanoTime();
        var bus = buses(1).get(0);
        await(() -> coversNow(bus));

        assertThat(bus.covers(before, System.nanoTime())).isFalse();
        bus.close();
        bus.close();
        assertThat(coversNow(bus)).isFalse();
    }

    @Test
    default void a_subscriber_that_fails_uncovers_what_was_read_before() {
        var bus = buses(1).get(0);
        var fails = new AtomicBoolean(true);
        bus.subscribe(change -> {
            if (fails.getAndSet(false)) {
                throw new IllegalStateException("for a test");
            }
        });
        await(() -> coversNow(bus));
        var read = System.nanoTime();
        assertThat(bus.covers(read, System.nanoTime())).isTrue();

        bus.announce(new TenantChanged(ACME, 2));

        await(() -> !bus.covers(read, System.nanoTime()));
        await(() -> coversNow(bus));
        assertThat(bus.covers(read, System.nanoTime())).isFalse();
        bus.close();
    }

    private static boolean coversNow(InvalidationBus bus) {
        var now = System.nanoTime();
        return bus.covers(now, now);
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("within 20 s").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
