package dev.lexigram.tenancy.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of answers that knows how old each is, counted from the moment its look-up began.
 *
 * <p>What is too old stays until it is replaced or evicted, but is not given out. Evictions happen on the calling
 * thread; there is no thread in the background.
 */
public final class AgeingCache<K, V> {

    /** An answer and when its look-up began. */
    public record Aged<V>(V answer, long since) {}

    private final Cache<K, Aged<V>> entries;
    private final boolean remembers;
    private final Ticker ticker;

    public AgeingCache(int size, boolean remembers, Ticker ticker) {
        this.entries =
                Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
        this.remembers = remembers && size > 0;
        this.ticker = ticker;
    }

    /** The answer of this key if it is younger than this age, else null. */
    public @Nullable Aged<V> youngerThan(long nanos, K key) {
        var entry = entries.getIfPresent(key);
        return entry != null && ticker.read() - entry.since < nanos ? entry : null;
    }

    /** The answer of this key if it is younger than the short age, or than the long one and covered; else null. */
    public @Nullable Aged<V> trusted(K key, long uncoveredNanos, long coveredNanos, Coverage coverage) {
        var entry = entries.getIfPresent(key);
        if (entry == null) {
            return null;
        }
        var now = ticker.read();
        var age = now - entry.since;
        return age < uncoveredNanos || age < coveredNanos && coverage.covers(entry.since, now) ? entry : null;
    }

    public void put(K key, Aged<V> entry) {
        if (remembers) {
            entries.put(key, entry);
        }
    }

    public void remove(K key) {
        entries.invalidate(key);
    }

    public void removeIf(Predicate<V> condition) {
        entries.asMap().values().removeIf(entry -> condition.test(entry.answer));
    }

    public void clear() {
        entries.invalidateAll();
    }

    /** How many entries are held, young or old. */
    public int size() {
        return entries.asMap().size();
    }

    /** The nanoseconds of a duration; what does not fit, some 292 years, counts as for ever. */
    public static long nanosOf(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }
}
