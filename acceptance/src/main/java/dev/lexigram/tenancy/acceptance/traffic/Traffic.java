package dev.lexigram.tenancy.acceptance.traffic;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Sixteen threads that send requests for two tenants, as fast as the answers come. */
public final class Traffic {

    private static final int THREADS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TrafficService service;
    private final long seed;

    public Traffic(TrafficService service, long seed) {
        this.service = service;
        this.seed = seed;
    }

    /** Runs until enough has been seen, for a while at least and at most; then looks into the database. */
    public TrafficReport run(Duration atLeast, Duration atMost, Predicate<TrafficReport> enough)
            throws InterruptedException {
        var report = new TrafficReport();
        var workers = IntStream.range(0, THREADS)
                .mapToObj(number -> new TrafficWorker(number, service, report, new Random(seed + number)))
                .toList();
        var begin = System.nanoTime();
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            var tasks = workers.stream()
                    .<Callable<Void>>map(worker -> () -> {
                        do {
                            worker.step();
                        } while (since(begin) < atMost.toNanos()
                                && (since(begin) < atLeast.toNanos() || !enough.test(report)));
                        return null;
                    })
                    .toList();
            var limit = atMost.plus(PATIENCE).toMillis();
            for (var task : threads.invokeAll(tasks, limit, TimeUnit.MILLISECONDS)) {
                finished(task, report);
            }
        } finally {
            threads.shutdownNow();
        }
        service.tables().strays(service.parties()).forEach(report::stray);
        workers.forEach(worker -> worker.check(service.tables()));
        return report;
    }

    private static long since(long begin) {
        return System.nanoTime() - begin;
    }

    private static void finished(Future<Void> task, TrafficReport report) throws InterruptedException {
        try {
            task.get();
        } catch (CancellationException hanging) {
            report.fault("a thread has not come to an end");
        } catch (ExecutionException failure) {
            throw new AssertionError(failure.getCause());
        }
    }
}
