package dev.lexigram.tenancy.acceptance.traffic;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.time.Duration;
import java.util.stream.Stream;

/** That nothing of a tenant reaches the other while connections are cut, and that all the rest is right. */
public final class TrafficProof {

    private static final Duration AT_MOST = Duration.ofSeconds(120); // where the machine is busy with other things
    private static final int ENOUGH = 20;

    private TrafficProof() {}

    /**
     * Sends traffic for this long at least. Fails on any leak, any unclean or wrong answer, any row that is not what it must
     * be, and if too little was tried.
     *
     * @param seed of the schedule, to repeat one
     */
    public static void assertIsolated(TrafficService service, long seed, Duration time) throws InterruptedException {
        var killer = Killer.of(service.database(), seed);
        TrafficReport report;
        try (killer) {
            report = new Traffic(service, seed).run(time, AT_MOST, seen -> killer.kills() >= ENOUGH && isEnough(seen));
        }
        var summary = "seed %d: %d kills, %d cancels, %s".formatted(seed, killer.kills(), killer.cancels(), report);
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
}
