package dev.lexigram.tenancy.postgres.faults;

import java.util.concurrent.locks.LockSupport;

/** Waits for what happens outside of this JVM, as long as it takes and no longer. */
public final class Await {

    private static final long PATIENCE = 20_000_000_000L;

    private Await() {}

    /** Whether it has happened. */
    public interface Condition<X extends Exception> {
        boolean holds() throws X;
    }

    /** @throws AssertionError if it does not happen within 20 seconds */
    public static <X extends Exception> void until(String what, Condition<X> condition) throws X {
        var deadline = System.nanoTime() + PATIENCE;
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within 20 s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
