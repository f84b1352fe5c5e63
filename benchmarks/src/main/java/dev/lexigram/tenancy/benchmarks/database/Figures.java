package dev.lexigram.tenancy.benchmarks.database;

import dev.lexigram.tenancy.benchmarks.Rounds;
import dev.lexigram.tenancy.benchmarks.Table;
import java.util.Locale;

/** What the rounds of one case over one network have found. Not thread-safe. */
final class Figures {

    private final Rounds medians = new Rounds(Contender.FLOOR, Contender.FLOOR_AGAIN);
    private final Rounds means = new Rounds(Contender.FLOOR, Contender.FLOOR_AGAIN);

    void add(String contender, Sample sample) {
        medians.add(contender, sample.median());
        means.add(contender, sample.mean());
    }

    /** Adds one row for each contender. */
    void addTo(Table table, Case measured, Network network) {
        var goal = measured.goal(network);
        for (var contender : medians.contenders().stream().sorted().toList()) {
            table.row(
                    network.title,
                    contender,
                    String.format(
                            Locale.ROOT, "%.0f", medians.absolute(contender).median() / 1_000),
                    medians.shown(contender),
                    means.shown(contender),
                    verdict(contender, medians.ratio(contender).median(), goal));
        }
    }

    private static String verdict(String contender, double ratio, double goal) {
        if (Contender.isFloor(contender) || Double.isInfinite(goal)) {
            return "";
        }
        return String.format(Locale.ROOT, "%.2f %s", goal, ratio <= goal ? "met" : "missed");
    }
}
