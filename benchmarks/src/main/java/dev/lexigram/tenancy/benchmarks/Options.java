package dev.lexigram.tenancy.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What to measure and how long.
 *
 * @param suites names of suites, in the order in which they run
 * @param rounds how often every contender of a suite runs
 * @param seconds how long each of them runs in a round
 * @param seed decides the order within rounds and which rows are read
 * @param output folder for what goes into the documentation
 */
public record Options(List<String> suites, int rounds, double seconds, long seed, Path output) {

    static final Options DEFAULTS = new Options(List.of(), 5, 1, 1, Path.of("benchmarks", "target", "figures"));

    /** @throws IllegalArgumentException if a number is not positive */
    public Options {
        suites = List.copyOf(suites);
        if (rounds < 1 || !(seconds > 0)) {
            throw new IllegalArgumentException("--rounds and --seconds must be positive");
        }
    }

    /** @throws IllegalArgumentException if an argument is unknown or its value cannot be read */
    static Options parse(String... arguments) {
        var options = DEFAULTS;
        var suites = new ArrayList<String>();
        for (var at = 0; at < arguments.length; at++) {
            if (!arguments[at].startsWith("--")) {
                suites.add(arguments[at]);
            } else if (at + 1 < arguments.length) {
                options = options.with(arguments[at], arguments[++at]);
            } else {
                throw new IllegalArgumentException(arguments[at] + " needs a value");
            }
        }
        return new Options(suites, options.rounds, options.seconds, options.seed, options.output);
    }

    /** What a report says of how it came about. */
    public String conditions() {
        return String.format(Locale.ROOT, "%d rounds of %.2f s, seed %d", rounds, seconds, seed);
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--rounds" -> new Options(suites, Integer.parseInt(value), seconds, seed, output);
            case "--seconds" -> new Options(suites, rounds, Double.parseDouble(value), seed, output);
            case "--seed" -> new Options(suites, rounds, seconds, Long.parseLong(value), output);
            case "--output" -> new Options(suites, rounds, seconds, seed, Path.of(value));
            default -> throw new IllegalArgumentException("There is no option " + name);
        };
    }
}
