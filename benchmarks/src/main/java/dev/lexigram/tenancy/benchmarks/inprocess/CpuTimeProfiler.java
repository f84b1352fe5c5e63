package dev.lexigram.tenancy.benchmarks.inprocess;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * How much processor time one call takes, in the fastest iteration. On an idle machine that is its time; on a shared one
 * it leaves out the time in which others had the core, and the iterations in which they had its caches. Public because
 * JMH wants it.
 */
public final class CpuTimeProfiler implements InternalProfiler {

    static final String RESULT = "cpu.norm";

    private static final String WORKER = "-jmh-worker-"; // how JMH names the threads that call benchmarks

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long before;

    @Override
    public String getDescription() {
        return "Processor time of the calling threads";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = taken();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        var calls = result.getMetadata().getAllOps();
        return calls == 0
                ? List.of()
                : List.of(
                        new ScalarResult(RESULT, (double) (taken() - before) / calls, "ns/op", AggregationPolicy.MIN));
    }

    /** Of the workers that live now; they outlive an iteration, and dead ones count as nothing. */
    private long taken() {
        var sum = 0L;
        for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains(WORKER)) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }
}
