package dev.lexigram.tenancy.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecurityLogTest {

    private final Logger logger = new LoggerContext().getLogger("tenancy.security");
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong();
    private final SecurityLog log = new SecurityLog(logger, new LogBudget(nanos::get));

    @BeforeEach
    void listen() {
        written.start();
        logger.addAppender(written);
    }

    @Test
    void RX_05_of_a_flood_a_hundred_lines_a_second_are_written_and_the_rest_is_counted() {
        for (var i = 0; i < 100_000; i++) {
            log.refused("unknown_tenant", List.of(), Optional.empty());
        }
        assertThat(lines()).hasSize(100);

        nanos.addAndGet(1_000_000_000L);
        log.refused("unknown_tenant", List.of(), Optional.empty());

        assertThat(lines().subList(100, 102))
                .satisfiesExactly(
                        count -> assertThat(count).startsWith("99900 lines"),
                        line -> assertThat(line).startsWith("Refused: unknown_tenant"));
    }

    @Test
    void RX_05_the_first_line_of_another_kind_is_written_in_the_middle_of_a_flood() {
        for (var i = 0; i < 1_000; i++) {
            log.refused("unknown_tenant", List.of(), Optional.empty());
        }

        log.refused("tenant_conflict", List.of(), Optional.of(TenantPrincipal.of("alice")));

        assertThat(lines()).hasSize(101).last().asString().contains("tenant_conflict", "'alice'");
    }

    @Test
    void RX_05_control_without_a_budget_the_flood_is_written() {
        for (var i = 0; i < 1_000; i++) {
            logger.warn("Refused: unknown_tenant");
        }

        assertThat(lines()).hasSize(1_000);
    }

    private List<String> lines() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
