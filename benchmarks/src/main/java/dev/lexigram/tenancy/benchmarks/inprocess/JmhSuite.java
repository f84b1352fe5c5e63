package dev.lexigram.tenancy.benchmarks.inprocess;

import dev.lexigram.tenancy.benchmarks.Options;
import dev.lexigram.tenancy.benchmarks.Suite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.runner.RunnerException;

/**
 * One class of JMH benchmarks. In each round every method runs once, in a process of its own and in another order, so
 * that ratios hold on a machine that is not quiet and do not hang on how one process happened to be compiled.
 *
 * @param benchmarks the class, whose methods {@code floor} and {@code floorAgain} are the floor
 * @param methods what is compared with it
 * @param parameter the parameter of the class
 * @param values the values of the parameter
 */
public record JmhSuite(
        String name,
        String title,
        Class<?> benchmarks,
        List<String> methods,
        String parameter,
        List<String> values,
        Goals goals)
        implements Suite {

    /** The suites of this package. */
    public static List<Suite> all() {
        return List.of(
                new JmhSuite(
                        "filter",
                        "The filter: resolve, validate, bind, unbind",
                        FilterBenchmark.class,
                        List.of("filter", "mapForEver"),
                        "source",
                        List.of("DEFAULTS", "TOKEN", "HEADER"),
                        new Goals(List.of("filter"), 250, 200, 2)),
                new JmhSuite(
                        "id",
                        "Whether a text is an id or a reference",
                        IdBenchmark.class,
                        List.of("id", "reference", "regex"),
                        "form",
                        List.of("uuid", "name"),
                        new Goals(List.of("id", "reference"), 25, 0, Goals.NONE)),
                new JmhSuite(
                        "validator",
                        "A tenant that the validator remembers",
                        ValidatorBenchmark.class,
                        List.of("validator", "ageingCaffeine", "concurrentHashMap"),
                        "tenants",
                        List.of("1024", "8192"),
                        new Goals(List.of("validator"), Goals.NONE, Goals.NONE, 1.2)),
                new JmhSuite(
                        "config",
                        "A value of a tenant's configuration that is remembered",
                        ConfigBenchmark.class,
                        List.of("getConfig", "typed", "ageingCaffeine", "getConfigByAll", "floorByAll"),
                        "tenants",
                        List.of("1024", "8192"),
                        new Goals(List.of("getConfig"), Goals.NONE, 0, 1.5)));
    }

    @Override
    public String run(Options options) throws RunnerException {
        var figures = new Figures(parameter, goals);
        var random = new Random(options.seed());
        for (var round = 0; round < options.rounds(); round++) {
            for (var trial : shuffledTrials(random)) {
                figures.add(trial, trial.run(options.seconds()));
            }
        }
        return options.conditions() + ".\n\n" + figures;
    }

    private List<Trial> shuffledTrials(Random random) {
        var trials = new ArrayList<Trial>();
        for (var value : values) {
            trials.add(new Trial(benchmarks, Figures.FLOOR, parameter, value));
            trials.add(new Trial(benchmarks, Figures.FLOOR_AGAIN, parameter, value));
            methods.forEach(method -> trials.add(new Trial(benchmarks, method, parameter, value)));
        }
        Collections.shuffle(trials, random);
        return trials;
    }
}
