package dev.lexigram.tenancy.postgres.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** CA-05: a node that was stopped asks before it serves, with the first call after it goes on. */
@TenancyTest
class PausedNodeTest {

    private static final long PAUSE = Duration.ofMillis(1500).toNanos(); // the nodes' greatest age is 1 s

    @Test
    void CA_05_a_node_that_was_stopped_for_longer_than_the_greatest_age_revalidates(TestDatabase database) {
        assertThat(firstAnswerAfterAPause(database, "bus", "acme")).isEqualTo("refused");
    }

    @Test
    void CA_05_control_a_node_that_believes_in_its_memory_serves_a_suspended_tenant(TestDatabase database) {
        assertThat(firstAnswerAfterAPause(database, "believing", "globex")).isEqualTo("admitted");
    }

    private static String firstAnswerAfterAPause(TestDatabase database, String mode, String tenant) {
        try (var here = Node.on(database.jdbcUrl(), Node.noBus(), Duration.ofSeconds(30))) {
            var id = here.create(tenant);
            try (var node = NodeProcess.start(database.jdbcUrl(), mode)) {
                assertThat(node.ask("admit " + tenant)).isEqualTo("admitted");

                node.pause();
                var paused = System.nanoTime();
                here.tenancy.tenants().suspendTenant(id, "unpaid");
                Await.until("the end of the pause", () -> System.nanoTime() - paused > PAUSE);
                node.tell("admit " + tenant);
                node.resume();

                return String.valueOf(node.answer());
            }
        }
    }
}
