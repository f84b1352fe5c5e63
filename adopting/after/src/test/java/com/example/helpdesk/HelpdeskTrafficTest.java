package com.example.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.traffic.Traffic;
import dev.lexigram.tenancy.acceptance.traffic.TrafficProof;
import dev.lexigram.tenancy.acceptance.traffic.TrafficService;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The adopted application in mixed traffic while connections are cut at random. To repeat one: {@code -Dtraffic.seed=}. */
class HelpdeskTrafficTest {

    private static final Duration TIME = Duration.ofSeconds(10);
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private final long seed = Long.getLong("traffic.seed", System.nanoTime());

    @ParameterizedTest
    @ValueSource(strings = {"plain", "driver"})
    void nothing_of_a_tenant_reaches_the_other(String binder) throws InterruptedException {
        try (var service = start("tenancy.isolation.binder=" + binder)) {
            assertThat(service.bean(DataSource.class)).hasToString("TenantDataSource[binder=" + binder + "]");
            TrafficProof.assertIsolated(service, seed, TIME);
        }
    }

    @Test
    void CA_08_control_without_the_guard_of_caches_a_cached_list_leaks() throws InterruptedException {
        try (var service = start(
                "spring.autoconfigure.exclude=" + "dev.lexigram.tenancy.spring.cache.TenancyCacheAutoConfiguration")) {
            var report = new Traffic(service, seed)
                    .run(Duration.ZERO, AT_MOST, seen -> !seen.leaks().isEmpty());

            assertThat(report.leaks())
                    .as("seed %d, %s", seed, report)
                    .isNotEmpty()
                    .allMatch(leak -> leak.contains(" /categories "));
        }
    }

    private static TrafficService start(String... properties) {
        return TrafficService.start(new HelpdeskDomain(), List.of(HelpdeskApplication.class), properties);
    }
}
