package dev.lexigram.tenancy.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * LC-04, G7: nodes are killed by SIGKILL, writers after their commit and consumers at any moment, and there is no bus.
 * {@code -Dproof.transitions=100000} makes it long.
 */
@TenancyTest
class EventDeliveryTest {

    private static final int TRANSITIONS = Integer.getInteger("proof.transitions", 60);
    private static final int KILLS = Integer.getInteger("proof.kills", 2);
    private static final int TENANTS = 10;
    private static final long SEED = Long.getLong("proof.seed", 1);

    private static TestDatabase database;
    private static LedgerTable ledger;
    private static final List<String> NAMES = new ArrayList<>();

    @BeforeAll
    static void start(TestDatabase shared) {
        database = shared;
        ledger = LedgerTable.in(shared);
        try (var node = Node.on(shared.jdbcUrl(), Node.noBus(), Duration.ofSeconds(30))) {
            for (var tenant = 0; tenant < TENANTS; tenant++) {
                NAMES.add(node.create("tenant" + tenant).value());
            }
        }
    }

    @Test
    void LC_04_every_event_is_told_in_order_although_writers_and_consumers_are_killed_and_there_is_no_bus() {
        var random = new Random(SEED);
        var acknowledged = 0;
        var unavailable = 0;
        var ended = 0;
        // Control: what a node would tell by itself, after its commit, is lost with it.
        try (var doomed = writer()) {
            assertThat(doomed.ask("flip " + NAMES.get(0))).isEqualTo("suspended");
            doomed.kill();
        }
        assertThat(ledger.lost()).isEqualTo(TENANTS + 1);

        var nodes = new NodeProcess[] {writer(), relay()};
        try {
            for (var transition = 1; transition <= TRANSITIONS; transition++) {
                nodes[0].tell("flip " + NAMES.get(random.nextInt(TENANTS)));
                var kills = transition % (TRANSITIONS / KILLS) == 0;
                var victim = transition / (TRANSITIONS / KILLS) % 2;
                if (kills && victim == 1) {
                    nodes[1].kill(); // with events taken and not yet settled, if so it happens
                    nodes[1] = relay();
                }
                var answer = nodes[0].answer();
                if (answer == null) {
                    nodes[0] = writer(); // it ended by itself, its last transition stored or not
                    ended++;
                } else if (answer.startsWith("failed")) {
                    unavailable++; // stored or not, on a machine that is too busy
                } else {
                    acknowledged++;
                }
                if (kills && victim == 0) {
                    nodes[0].tell("flip " + NAMES.get(random.nextInt(TENANTS)));
                    nodes[0].kill(); // between its commit and its answer, if so it happens
                    nodes[0] = writer();
                }
            }
            ledger.expireLeases();
            ledger.awaitAllTold();
        } finally {
            List.of(nodes).forEach(NodeProcess::close);
        }

        System.out.printf(
                "G7: %d transitions acknowledged, %d unavailable, %d kills, %d writers ended by themselves, no bus, seed %d: %d events stored, %d lost, %d told twice,"
                        + " %d out of order%n",
                acknowledged,
                unavailable,
                KILLS,
                ended,
                SEED,
                ledger.stored(),
                ledger.lost(),
                ledger.twice(),
                ledger.outOfOrder());
        assertThat(ledger.stored()).isGreaterThanOrEqualTo(acknowledged + TENANTS + 1);
        assertThat(ledger.gaps()).isZero();
        assertThat(ledger.lost()).isZero();
        assertThat(ledger.outOfOrder()).isZero();
    }

    private static NodeProcess writer() {
        return NodeProcess.start(database.jdbcUrl(), "no-bus");
    }

    private static NodeProcess relay() {
        var node = NodeProcess.start(database.jdbcUrl(), "no-bus");
        node.ask("relay");
        return node;
    }
}
