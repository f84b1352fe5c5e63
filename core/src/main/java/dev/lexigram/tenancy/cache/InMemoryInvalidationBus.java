package dev.lexigram.tenancy.cache;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A bus within one process, for tests and for several tenancies over one store in memory. Whoever announces waits until
 * everybody has heard. Safe for use by many threads.
 */
public final class InMemoryInvalidationBus implements InvalidationBus {

    private final List<Consumer<Invalidation>> subscribers = new CopyOnWriteArrayList<>();
    private volatile long hearingSince = System.nanoTime();
    private volatile boolean closed;

    @Override
    public void subscribe(Consumer<Invalidation> subscriber) {
        subscribers.add(subscriber);
    }

    @Override
    public synchronized void announce(Invalidation change) {
        if (closed) {
            return;
        }
        for (var subscriber : subscribers) {
            try {
                subscriber.accept(change);
            } catch (RuntimeException failure) {
                hearingSince = System.nanoTime();
            }
        }
    }

    @Override
    public boolean covers(long since, long now) {
        return !closed && since - hearingSince >= 0;
    }

    @Override
    public void close() {
        closed = true;
    }
}
