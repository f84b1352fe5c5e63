package dev.lexigram.tenancy.cache;

import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Look-ups under way, at most one for each key: whoever asks for the same key meanwhile waits for that one.
 *
 * <p>An answer is kept only if nothing was cancelled since its look-up began; so what was read before a change never
 * survives the news of it. Failures reach everybody who waits, and are not kept.
 */
public final class SingleFlight<K, V> {

    private final ConcurrentHashMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();
    private final Object landing = new Object();
    private final String what;
    private final Duration patience;

    /** Waits for another thread's look-up of {@code what} no longer than {@code patience}. */
    public SingleFlight(String what, Duration patience) {
        this.what = what;
        this.patience = patience;
    }

    /**
     * The answer for this key.
     *
     * @param lookUp asks for it; called on this thread or not at all
     * @param keep remembers the answer and gives the one to use; not called if a cancellation came in between
     * @throws TenantUnavailableException if the look-up failed or took too long
     */
    public V fly(K key, Supplier<V> lookUp, UnaryOperator<V> keep) {
        var mine = new CompletableFuture<V>();
        var running = flights.putIfAbsent(key, mine);
        return running == null ? lead(key, mine, lookUp, keep) : await(running);
    }

    /** Forgets: nothing that is being looked up now will be kept, and nobody who comes later joins it. */
    public void cancel(Runnable forget) {
        synchronized (landing) {
            flights.clear();
            forget.run();
        }
    }

    /** Forgets what belongs to this key; look-ups for other keys go on and are kept. */
    public void cancel(K key, Runnable forget) {
        synchronized (landing) {
            flights.remove(key);
            forget.run();
        }
    }

    private V lead(K key, CompletableFuture<V> mine, Supplier<V> lookUp, UnaryOperator<V> keep) {
        try {
            var answer = land(key, mine, lookUp.get(), keep);
            mine.complete(answer);
            return answer;
        } catch (Exception failure) {
            mine.completeExceptionally(failure);
            throw unavailable(failure);
        } catch (Error failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            flights.remove(key, mine);
        }
    }

    private V land(K key, CompletableFuture<V> mine, V answer, UnaryOperator<V> keep) {
        synchronized (landing) {
            return flights.get(key) == mine ? keep.apply(answer) : answer;
        }
    }

    private V await(CompletableFuture<V> running) {
        try {
            return running.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            var cause = failure.getCause();
            throw unavailable(cause == null ? failure : cause);
        } catch (TimeoutException failure) {
            throw unavailable(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw unavailable(failure);
        }
    }

    private TenantUnavailableException unavailable(Throwable failure) {
        return failure instanceof TenantUnavailableException already
                ? already
                : TenantUnavailableException.of(what, failure);
    }
}
