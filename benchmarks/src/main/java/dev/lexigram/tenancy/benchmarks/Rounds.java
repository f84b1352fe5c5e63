package dev.lexigram.tenancy.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What several contenders took, round by round. Ratios are made within a round, against the mean of its two runs of the
 * floor, and summed up afterwards: what slows a whole round down does not count. Not thread-safe.
 */
public final class Rounds {

    private final String floor;
    private final String floorAgain;
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** The names of the two runs of the floor. */
    public Rounds(String floor, String floorAgain) {
        this.floor = floor;
        this.floorAgain = floorAgain;
    }

    /** Adds what a contender took in its next round. */
    public void add(String contender, double value) {
        values.computeIfAbsent(contender, any -> new ArrayList<>()).add(value);
    }

    public Set<String> contenders() {
        return values.keySet();
    }

    /** What the contender took, whatever the others did. */
    public Spread absolute(String contender) {
        return Spread.of(of(contender));
    }

    /** What the contender took for each unit that the floor took. */
    public Spread ratio(String contender) {
        var taken = of(contender);
        var first = of(floor);
        var second = of(floorAgain);
        return spread(taken.size(), round -> taken.get(round) / ((first.get(round) + second.get(round)) / 2));
    }

    /** The floor against itself: the noise of every other ratio. */
    public Spread control() {
        var first = of(floor);
        var second = of(floorAgain);
        return spread(first.size(), round -> second.get(round) / first.get(round));
    }

    /** The ratio for a table: of the floor's first run nothing, of its second one the control. */
    public String shown(String contender) {
        if (contender.equals(floor)) {
            return "";
        }
        return contender.equals(floorAgain)
                ? "control " + control()
                : ratio(contender).toString();
    }

    private static Spread spread(int rounds, IntToDoubleFunction ratio) {
        return Spread.of(IntStream.range(0, rounds).mapToDouble(ratio).boxed().toList());
    }

    private List<Double> of(String contender) {
        return values.getOrDefault(contender, List.of());
    }
}
