package dev.lexigram.tenancy.lifecycle;

import java.time.Duration;
import java.util.Optional;

/** When a listener that failed is tried again: after 1 s, then twice as long each time up to 5 minutes, 20 times in all. */
final class RetryPlan {

    static final int ATTEMPTS = 20;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private RetryPlan() {}

    /** How long to wait after so many failures; empty if that was the last. */
    static Optional<Duration> after(int failures) {
        if (failures >= ATTEMPTS) {
            return Optional.empty();
        }
        var doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, 20));
        return Optional.of(doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST);
    }
}
