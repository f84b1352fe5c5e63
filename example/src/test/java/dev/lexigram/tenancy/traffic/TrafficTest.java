package dev.lexigram.tenancy.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.lexigram.tenancy.isolation.BinderChoice;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
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
    private static final Duration TIME_WITH_ENTITIES = Duration.ofSeconds(10);
    private static final Duration AT_MOST = Duration.ofSeconds(120); // where the machine is busy with other things
    private static final int ENOUGH = 20;

    private final long seed = Long.getLong("traffic.seed", System.nanoTime());

    @ParameterizedTest
    @EnumSource(
            value = BinderChoice.class,
            names = {"PLAIN", "DRIVER"})
    void nothing_of_a_tenant_reaches_the_other(BinderChoice binder) throws InterruptedException {
        try (var service = TrafficService.start(property(binder))) {
            assertIsolated(service, binder, TIME);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = BinderChoice.class,
            names = {"PLAIN", "DRIVER"})
    void nor_does_it_with_entities_and_open_in_view(BinderChoice binder) throws InterruptedException {
        try (var service = TrafficService.startWithOpenInView(property(binder))) {
            assertIsolated(service, binder, TIME_WITH_ENTITIES);
        }
    }

    private void assertIsolated(TrafficService service, BinderChoice binder, Duration time)
            throws InterruptedException {
        assertThat(service.bean(DataSource.class)).hasToString("TenantDataSource[binder=" + lower(binder) + "]");
        var killer = Killer.of(service.database(), seed);
        TrafficReport report;
        try (killer) {
            report = new Traffic(service, seed).run(time, AT_MOST, seen -> killer.kills() >= ENOUGH && isEnough(seen));
        }
        var summary = "seed %d, %s: %d kills, %d cancels, %s"
                .formatted(seed, binder, killer.kills(), killer.cancels(), report);
        System.out.println(summary);
        service.awaitRest();

        assertSoftly(softly -> {
            softly.assertThat(report.leaks()).as("leaks, " + summary).isEmpty();
            softly.assertThat(report.faults()).as("faults, " + summary).isEmpty();
            softly.assertThat(report.strays()).as("rows, " + summary).isEmpty();
            softly.assertThat(isEnough(report)).as("enough, " + summary).isTrue();
            softly.assertThat(killer.kills()).isGreaterThanOrEqualTo(ENOUGH);
            softly.assertThat(report.broken()).as(summary).isBetween(1L, 2L * (killer.kills() + killer.cancels()));
        });
    }

    private static boolean isEnough(TrafficReport report) {
        return Stream.of(Kind.values()).allMatch(kind -> report.right(kind) >= ENOUGH);
    }

    private static String property(BinderChoice binder) {
        return "tenancy.isolation.binder=" + lower(binder);
    }

    private static String lower(BinderChoice binder) {
        return binder.name().toLowerCase(Locale.ROOT);
    }
}
