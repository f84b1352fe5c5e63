package dev.lexigram.tenancy.benchmarks.database;

import java.util.Arrays;

/**
 * How long one call took among many.
 *
 * @param median nanoseconds of the call in the middle, which a pause of the machine does not reach
 * @param mean nanoseconds of the average call, pauses included
 */
record Sample(double median, double mean) {

    /** Of the nanoseconds of each call, at least one. */
    static Sample of(long[] taken) {
        var sorted = taken.clone();
        Arrays.sort(sorted);
        return new Sample(
                sorted[sorted.length / 2], Arrays.stream(sorted).average().orElseThrow());
    }
}
