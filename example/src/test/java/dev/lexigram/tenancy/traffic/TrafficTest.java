package dev.lexigram.tenancy.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.traffic.TrafficProof;
import dev.lexigram.tenancy.isolation.BinderChoice;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two tenants in mixed traffic while connections are cut at random. Nothing of one tenant reaches the other, every
 * failure is a clean one, and every answer and every row is right. {@link TrafficControlsTest} shows that it would be
 * noticed. To repeat a schedule: {@code -Dtraffic.seed=}.
 */
class TrafficTest {

    private static final Duration TIME = Duration.ofSeconds(30);

    private final long seed = Long.getLong("traffic.seed", System.nanoTime());

    @ParameterizedTest
    @EnumSource(
            value = BinderChoice.class,
            names = {"PLAIN", "DRIVER"})
    void nothing_of_a_tenant_reaches_the_other(BinderChoice binder) throws InterruptedException {
        try (var service = Invoicing.start(property(binder))) {
            assertThat(service.bean(DataSource.class)).hasToString("TenantDataSource[binder=" + lower(binder) + "]");
            TrafficProof.assertIsolated(service, seed, TIME);
        }
    }

    private static String property(BinderChoice binder) {
        return "tenancy.isolation.binder=" + lower(binder);
    }

    private static String lower(BinderChoice binder) {
        return binder.name().toLowerCase(Locale.ROOT);
    }
}
