package dev.lexigram.tenancy.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.lifecycle.TenantEventListener;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.postgres.faults.FaultProxy;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * G7 with a bus that is cut: every connection of the consumer, the bus among them, goes through a proxy that resets them
 * and stalls. {@code -Dproof.cut=20000} makes it long.
 */
@TenancyTest
class CutBusDeliveryTest {

    private static final int TRANSITIONS = Integer.getInteger("proof.cut", 200);
    private static final int CUTS = 10;
    private static final int TENANTS = 5;

    @Test
    void G7_no_event_is_lost_while_the_bus_and_the_outbox_are_cut_and_effects_come_twice_without_dedupe(
            TestDatabase database) {
        var ledger = LedgerTable.in(database);
        var consumer = new FailingLedger(database.jdbcUrl());
        try (var proxy = FaultProxy.before(database.jdbcUrl());
                var here = Node.on(database.jdbcUrl(), Node.beating(100), Duration.ofSeconds(1));
                var there = Node.on(proxy.jdbcUrl(), Node.beating(100), Duration.ofSeconds(1))
                        .awaitBus()) {
            there.tenancy.relay().orElseThrow().add(consumer);
            var ids = IntStream.range(0, TENANTS)
                    .mapToObj(number -> here.create("cut" + number))
                    .toList();

            for (var cut = 0; cut < CUTS; cut++) {
                consumer.failNext();
                flip(here, ids, TRANSITIONS / CUTS);
                if (cut % 5 == 4) {
                    proxy.stall();
                    flip(here, ids, TENANTS);
                    Await.until("the silence of the bus", () -> !there.hears());
                    proxy.reset();
                    proxy.heal();
                    there.awaitBus();
                } else {
                    proxy.reset();
                }
                Await.until("the failure that was asked for", () -> {
                    ledger.expireLeases(); // what was taken when the connection broke
                    return consumer.hasFailed();
                });
            }
            ledger.awaitAllTold();
        }

        System.out.printf(
                "G7: %d cuts of the bus: %d events stored, %d lost, %d told twice, %d out of order%n",
                CUTS, ledger.stored(), ledger.lost(), ledger.twice(), ledger.outOfOrder());
        assertThat(ledger.stored()).isEqualTo(TENANTS + TRANSITIONS + 2 * TENANTS);
        assertThat(ledger.lost()).isZero();
        assertThat(ledger.outOfOrder()).isZero();
        assertThat(ledger.gaps()).isZero();
        assertThat(ledger.told() - ledger.twice())
                .as("effects once duplicates are dropped by their id")
                .isEqualTo(ledger.stored());
        assertThat(ledger.twice()).as("control: effects without dedupe").isGreaterThanOrEqualTo(CUTS / 2);
    }

    private static void flip(Node node, List<TenantId> ids, int times) {
        for (var time = 0; time < times; time++) {
            var id = ids.get(time % ids.size());
            var wanted = isActive(node, id) ? TenantStatus.SUSPENDED : TenantStatus.ACTIVE;
            Await.until("the transition", () -> becomes(node, id, wanted));
        }
    }

    /** A consumer that is stalled in the middle of a claim delays it: for two seconds the store is unavailable. */
    private static boolean becomes(Node node, TenantId id, TenantStatus wanted) {
        var tenants = node.tenancy.tenants();
        try {
            if (isActive(node, id) == (wanted == TenantStatus.ACTIVE)) {
                return true;
            }
            var changed =
                    wanted == TenantStatus.ACTIVE ? tenants.activateTenant(id) : tenants.suspendTenant(id, "unpaid");
            return changed.status() == wanted;
        } catch (TenantUnavailableException delayed) {
            return false;
        }
    }

    private static boolean isActive(Node node, TenantId id) {
        return node.tenancy.tenants().getTenant(id).orElseThrow().isActive();
    }

    /** Fails when it is asked to: in turn before its effect, and after it. */
    private static final class FailingLedger implements TenantEventListener {

        private final NodeProgram.Ledger ledger;
        private int failures;
        private volatile boolean fails;

        FailingLedger(String jdbcUrl) {
            this.ledger = new NodeProgram.Ledger(jdbcUrl);
        }

        void failNext() {
            fails = true;
        }

        boolean hasFailed() {
            return !fails;
        }

        @Override
        public String name() {
            return ledger.name();
        }

        @Override
        public void on(TenantEvent event) throws SQLException {
            var failing = fails;
            if (!failing || failures % 2 == 1) {
                ledger.on(event);
            }
            if (failing) {
                failures++;
                fails = false;
                throw new IllegalStateException("for a test");
            }
        }
    }
}
