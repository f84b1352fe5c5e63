package dev.lexigram.tenancy.overrides;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.lexigram.tenancy.cache.AgeingCache;
import dev.lexigram.tenancy.cache.AgeingCache.Aged;
import dev.lexigram.tenancy.cache.Coverage;
import dev.lexigram.tenancy.cache.SingleFlight;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Remembers what was loaded for each tenant. A load that began before an invalidation is never remembered after it, and
 * an older version never takes the place of a newer one. Safe for use by many threads.
 */
final class VersionedMemory<E> {

    /** The version of what is not to be remembered. */
    static final long FLEETING = -1;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Function<TenantId, E> loader;
    private final ToLongFunction<E> version;
    private final boolean remembers;
    private final long ttl;
    private final long uncoveredTtl;
    private final Coverage coverage;
    private final Ticker ticker;
    private final AgeingCache<TenantId, E> entries;
    private final SingleFlight<TenantId, Aged<E>> loads;

    VersionedMemory(Function<TenantId, E> loader, ToLongFunction<E> version, Staleness staleness, int size) {
        this.loader = loader;
        this.version = version;
        this.ttl = AgeingCache.nanosOf(staleness.ttl());
        this.uncoveredTtl = Math.min(ttl, AgeingCache.nanosOf(staleness.uncovered()));
        this.remembers = ttl > 0 && size > 0;
        this.coverage = staleness.coverage();
        this.ticker = staleness.ticker();
        this.entries = new AgeingCache<>(size, remembers, ticker);
        this.loads = new SingleFlight<>("The configuration of tenants", PATIENCE);
    }

    E get(TenantId tenant) {
        if (!remembers) {
            return loader.apply(tenant);
        }
        var remembered = entries.trusted(tenant, uncoveredTtl, ttl, coverage);
        return remembered != null
                ? remembered.answer()
                : loads.fly(tenant, () -> load(tenant), loaded -> keep(tenant, loaded))
                        .answer();
    }

    void invalidate(TenantId tenant) {
        loads.cancel(tenant, () -> entries.remove(tenant));
    }

    void invalidateAll() {
        loads.cancel(entries::clear);
    }

    int size() {
        return entries.size();
    }

    private Aged<E> load(TenantId tenant) {
        var justLoaded = entries.trusted(tenant, uncoveredTtl, ttl, coverage);
        if (justLoaded != null) {
            return justLoaded; // by a load that ended between our question and our turn
        }
        var since = ticker.read();
        return new Aged<>(loader.apply(tenant), since);
    }

    private Aged<E> keep(TenantId tenant, Aged<E> loaded) {
        var loadedVersion = version.applyAsLong(loaded.answer());
        if (loadedVersion == FLEETING) {
            entries.remove(tenant);
            return loaded;
        }
        var known = entries.youngerThan(Long.MAX_VALUE, tenant);
        if (known != null && version.applyAsLong(known.answer()) > loadedVersion) {
            return known;
        }
        entries.put(tenant, loaded);
        return loaded;
    }

    /**
     * How old an entry may be.
     *
     * @param uncovered how old an entry that a change may have made untrue unheard
     * @param coverage of what changes by other nodes do; asked with each read of an older one, so it must be cheap
     */
    record Staleness(Duration ttl, Duration uncovered, Coverage coverage, Ticker ticker) {}
}
