package dev.lexigram.tenancy.enforcement;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Bounds what a flood may write to a log: of each kind of line at most 100 per second. The first of a kind is never lost,
 * and what was left out is counted.
 *
 * <p>Safe for use by many threads. It remembers every kind, so kinds are the program's own words and never a client's.
 */
public final class LogBudget {

    private static final int LINES_PER_SECOND = 100;
    private static final long SECOND = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    public LogBudget() {
        this(System::nanoTime);
    }

    /**
     * With a clock of its own, for tests.
     *
     * @param nanoTime as {@link System#nanoTime()}
     */
    public LogBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How many lines of this kind were left out since its last one, or -1 if this one is to be left out, too. */
    public int take(String kind) {
        return kinds.computeIfAbsent(kind, any -> new Kind()).take(nanoTime.getAsLong());
    }

    private static final class Kind {

        private long second;
        private int written = -1;
        private int leftOut;

        synchronized int take(long now) {
            if (written < 0 || now - second >= SECOND) {
                second = now;
                written = 0;
            }
            if (written == LINES_PER_SECOND) {
                leftOut++;
                return -1;
            }
            written++;
            var reported = leftOut;
            leftOut = 0;
            return reported;
        }
    }
}
