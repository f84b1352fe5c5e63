package dev.lexigram.tenancy.benchmarks.inprocess;

import java.util.ArrayList;
import java.util.List;

/**
 * What some methods of a benchmark have to reach; infinite where there is no goal.
 *
 * @param methods whose goals these are
 * @param nanos for one call
 * @param bytes allocated by one call
 * @param ratio to the floor
 */
record Goals(List<String> methods, double nanos, double bytes, double ratio) {

    private static final double NO_BYTE = 0.5; // the profiler's own allocations make some thousandths of a byte

    static final double NONE = Double.POSITIVE_INFINITY;

    /** One word for each goal of this method; empty if it has none. */
    String verdict(String method, double takenNanos, double takenBytes, double takenRatio) {
        if (!methods.contains(method)) {
            return "";
        }
        var verdicts = new ArrayList<String>();
        judge(nanos, "%.0f ns", takenNanos <= nanos, verdicts);
        judge(bytes, "%.0f B", takenBytes <= bytes + NO_BYTE, verdicts);
        judge(ratio, "%.2f times", takenRatio <= ratio, verdicts);
        return String.join(", ", verdicts);
    }

    private static void judge(double goal, String form, boolean isMet, List<String> verdicts) {
        if (goal != NONE) {
            verdicts.add(form.formatted(goal) + (isMet ? " met" : " missed"));
        }
    }
}
