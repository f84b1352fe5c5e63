package dev.lexigram.tenancy.benchmarks.inprocess;

import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One method of a class of benchmarks, with a value for the class's parameter. */
record Trial(Class<?> benchmarks, String method, String parameter, String value) {

    private static final int WARM_UPS = 2; // each as long as all slices together
    private static final int SLICES = 20;
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /** What one call took of the processor, in the fastest of many slices, and of the memory. */
    record Outcome(double nanos, double bytes) {}

    /** Runs the method in a process of its own, which has ended when this returns. */
    Outcome run(double seconds) throws RunnerException {
        var options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmarks.getName() + "." + method) + "$")
                .param(parameter, value)
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(micros(seconds))
                .measurementIterations(SLICES)
                .measurementTime(micros(seconds / SLICES))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuTimeProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        return outcome(new Runner(options).runSingle());
    }

    private static TimeValue micros(double seconds) {
        return TimeValue.microseconds(Math.round(seconds * 1_000_000));
    }

    private static Outcome outcome(RunResult result) {
        return new Outcome(secondary(result, CpuTimeProfiler.RESULT), secondary(result, ALLOCATION));
    }

    private static double secondary(RunResult result, String name) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(name))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("JMH gave no " + name));
    }
}
