package dev.lexigram.tenancy.resolution;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** Counts what this thread allocates, which shows whether work grows with its input; exact where time is not. */
final class Allocations {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    /** The bytes that one run of this work allocates, classes already loaded. */
    static long of(Supplier<?> work) {
        return of(1, work);
    }

    /** The bytes that this many runs allocate together. */
    static long of(int runs, Supplier<?> work) {
        measure(1, work);
        return measure(runs, work) - measure(0, work);
    }

    private static long measure(int runs, Supplier<?> work) {
        var before = THREADS.getCurrentThreadAllocatedBytes();
        for (var run = 0; run < runs; run++) {
            work.get();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
