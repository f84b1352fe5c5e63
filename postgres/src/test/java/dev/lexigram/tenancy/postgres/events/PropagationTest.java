package dev.lexigram.tenancy.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.lifecycle.TenantEventListener;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantSuspended;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * G4: how long a suspension on one node takes to be refused on another, and its event to reach a listener there. The time
 * begins before the call that suspends, so it includes that call's transaction. {@code -Dproof.suspensions=10000} makes it
 * long.
 */
@TenancyTest
class PropagationTest {

    private static final int SUSPENSIONS = Integer.getInteger("proof.suspensions", 30);
    private static final long BOUND = Duration.ofSeconds(2).toNanos();

    @Test
    void G4_a_suspension_holds_on_another_node_and_its_event_is_heard_there_within_2_s(TestDatabase database)
            throws InterruptedException {
        var told = new LinkedBlockingQueue<Long>();
        var refused = new ArrayList<Long>();
        var heard = new ArrayList<Long>();
        var late = 0;
        try (var here = Node.on(database.jdbcUrl(), Node.beating(1000), Duration.ofSeconds(30))
                        .awaitBus();
                var there = Node.on(database.jdbcUrl(), Node.beating(1000), Duration.ofSeconds(30))
                        .awaitBus()) {
            there.tenancy.relay().orElseThrow().add(new Clocked(told));
            var acme = here.create("acme");
            for (var round = 0; round < SUSPENSIONS; round++) {
                Await.until("the admission", () -> there.admits(acme));

                var began = System.nanoTime();
                here.tenancy.tenants().suspendTenant(acme, "unpaid");
                while (there.admits(acme)) {
                    late += System.nanoTime() - began > BOUND ? 1 : 0;
                    LockSupport.parkNanos(100_000);
                }
                refused.add(System.nanoTime() - began);
                var at = told.poll(20, TimeUnit.SECONDS);
                assertThat(at).isNotNull();
                heard.add(at - began);
                here.tenancy.tenants().activateTenant(acme);
            }
        }

        System.out.println("G4: refused on another node after " + figures(refused) + "; admitted after 2 s: " + late);
        System.out.println("G4: event at a listener on another node after " + figures(heard));
        assertThat(late).isZero();
        assertThat(refused).allMatch(nanos -> nanos < BOUND);
    }

    private static String figures(List<Long> nanos) {
        var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, most %.1f ms (n = %d)",
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 0.999),
                at(sorted, 1),
                sorted.length);
    }

    private static double at(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
    }

    /** Notes when each suspension was told. */
    private static final class Clocked implements TenantEventListener {

        private final BlockingQueue<Long> told;

        Clocked(BlockingQueue<Long> told) {
            this.told = told;
        }

        @Override
        public String name() {
            return "clocked";
        }

        @Override
        public void on(TenantEvent event) {
            if (event instanceof TenantSuspended) {
                told.add(System.nanoTime());
            }
        }
    }
}
