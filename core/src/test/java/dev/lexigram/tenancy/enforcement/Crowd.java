package dev.lexigram.tenancy.enforcement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Threads that all do the same, for tests of who waits for whom. */
final class Crowd<T> {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final List<Thread> threads = new ArrayList<>();
    private final List<FutureTask<T>> tasks = new ArrayList<>();

    static <T> Crowd<T> of(int size, Callable<T> work) {
        var crowd = new Crowd<T>();
        for (var i = 0; i < size; i++) {
            crowd.join(work);
        }
        return crowd;
    }

    void join(Callable<T> work) {
        var task = new FutureTask<>(work);
        var thread = new Thread(task, "crowd-" + threads.size());
        thread.setDaemon(true);
        tasks.add(task);
        threads.add(thread);
        thread.start();
    }

    /** Waits until no thread goes on by itself. */
    void awaitAllWaiting() {
        await(() -> threads.stream()
                .allMatch(thread ->
                        thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING));
    }

    List<FutureTask<T>> finish() {
        await(() -> tasks.stream().allMatch(FutureTask::isDone));
        return tasks;
    }

    static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("The condition did not come true in " + DEADLINE);
            }
            Thread.onSpinWait();
        }
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The latch did not open in " + DEADLINE);
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
