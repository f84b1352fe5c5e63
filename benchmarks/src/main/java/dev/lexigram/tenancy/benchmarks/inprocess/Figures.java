package dev.lexigram.tenancy.benchmarks.inprocess;

import dev.lexigram.tenancy.benchmarks.Rounds;
import dev.lexigram.tenancy.benchmarks.Table;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the trials of one suite have found, as a table. Not thread-safe. */
final class Figures {

    static final String FLOOR = "floor";
    static final String FLOOR_AGAIN = "floorAgain";

    private final String parameter;
    private final Goals goals;
    private final Map<String, Taken> taken = new TreeMap<>(); // by the value of the parameter

    private record Taken(Rounds nanos, Rounds bytes) {}

    Figures(String parameter, Goals goals) {
        this.parameter = parameter;
        this.goals = goals;
    }

    void add(Trial trial, Trial.Outcome outcome) {
        var rounds = taken.computeIfAbsent(
                trial.value(), any -> new Taken(new Rounds(FLOOR, FLOOR_AGAIN), new Rounds(FLOOR, FLOOR_AGAIN)));
        rounds.nanos.add(trial.method(), outcome.nanos());
        rounds.bytes.add(trial.method(), outcome.bytes());
    }

    @Override
    public String toString() {
        var table = new Table(parameter, "method", "ns", "B", "times the floor", "goals");
        taken.forEach((value, rounds) ->
                rounds.nanos.contenders().stream().sorted().forEach(method -> addRow(table, value, rounds, method)));
        return table.toString();
    }

    private void addRow(Table table, String value, Taken rounds, String method) {
        var nanos = rounds.nanos.absolute(method).median();
        var bytes = rounds.bytes.absolute(method).median();
        table.row(
                value,
                method,
                String.format(Locale.ROOT, "%.1f", nanos),
                String.format(Locale.ROOT, "%.0f", bytes),
                rounds.nanos.shown(method),
                goals.verdict(method, nanos, bytes, rounds.nanos.ratio(method).median()));
    }
}
