package dev.lexigram.tenancy.acceptance.traffic;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What has become of the traffic. Written by all threads. */
public final class TrafficReport {

    private static final int KEPT = 50;

    private final Map<Kind, LongAdder> right = counters();
    private final Map<Kind, LongAdder> broken = counters();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> strays = new ConcurrentLinkedQueue<>();
    private final LongAccumulator slowest = new LongAccumulator(Math::max, 0);

    /** The answer was as it had to be. */
    void countRight(Kind kind) {
        count(right, kind).increment();
    }

    /** The server said that it failed, and nothing else. */
    void countBroken(Kind kind) {
        count(broken, kind).increment();
    }

    /** An answer held what belongs to another tenant. */
    void leak(String what) {
        keep(leaks, what);
    }

    /** An answer was wrong, unclean or missing. */
    void fault(String what) {
        keep(faults, what);
    }

    /** A row in the database is not what it has to be. */
    void stray(String what) {
        keep(strays, what);
    }

    void took(Duration duration) {
        slowest.accumulate(duration.toMillis());
    }

    public long right(Kind... kinds) {
        return Arrays.stream(kinds).mapToLong(kind -> count(right, kind).sum()).sum();
    }

    long broken() {
        return broken.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public List<String> leaks() {
        return List.copyOf(leaks);
    }

    public List<String> faults() {
        return List.copyOf(faults);
    }

    public List<String> strays() {
        return List.copyOf(strays);
    }

    @Override
    public String toString() {
        var counts = Arrays.stream(Kind.values())
                .map(kind -> kind + " " + right.get(kind) + "+" + broken.get(kind))
                .collect(Collectors.joining(", "));
        return "%d right, %d broken, slowest %d ms; right+broken: %s"
                .formatted(right(Kind.values()), broken(), slowest.get(), counts);
    }

    private static LongAdder count(Map<Kind, LongAdder> counters, Kind kind) {
        return Objects.requireNonNull(counters.get(kind));
    }

    private static void keep(Queue<String> queue, String what) {
        if (queue.size() < KEPT) {
            queue.add(what);
        }
    }

    private static Map<Kind, LongAdder> counters() {
        var counters = new EnumMap<Kind, LongAdder>(Kind.class);
        for (var kind : Kind.values()) {
            counters.put(kind, new LongAdder());
        }
        return counters;
    }
}
