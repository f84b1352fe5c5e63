package dev.lexigram.tenancy.enforcement;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until it is told to go on. It starts below zero, as {@code System.nanoTime} may. */
final class FakeTicker implements Ticker {

    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

    @Override
    public long read() {
        return nanos.get();
    }

    void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }
}
