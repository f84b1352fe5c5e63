package dev.lexigram.tenancy.enforcement;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.lexigram.tenancy.cache.AgeingCache;
import dev.lexigram.tenancy.cache.AgeingCache.Aged;
import dev.lexigram.tenancy.cache.Coverage;
import dev.lexigram.tenancy.cache.SingleFlight;
import dev.lexigram.tenancy.resolution.ValidatorCacheConfig;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantInactiveException;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantSuspendedException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tenant that a reference leads to: by id, then by slug, through a bounded memory.
 *
 * <p>Safe for use by many threads; concurrent calls for one reference share one look-up. Unknown references are
 * remembered apart from known ones, so that no flood of them evicts a tenant. What the store could not answer is not
 * remembered and is never taken for an answer: it raises {@code TenantUnavailableException}.
 */
public final class TenantValidator {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TenantStore store;
    private final Coverage coverage;
    private final Ticker ticker;
    private final AgeingCache<String, Optional<Tenant>> known;
    private final AgeingCache<String, Optional<Tenant>> unknown;
    private final AgeingCache<TenantId, Long> newest; // the newest version that was read or announced
    private final SingleFlight<String, Aged<Optional<Tenant>>> lookUps;
    private final long ttl;
    private final long uncoveredTtl;
    private final long maxStaleness;
    private final long negativeTtl;

    /** For a store that others change unannounced: nothing older than {@code maxStaleness} is used. */
    public TenantValidator(TenantStore store, ValidatorCacheConfig config) {
        this(store, config, Coverage.NONE);
    }

    /**
     * For a store whose changes reach {@link #invalidate(TenantId, long)}.
     *
     * @param coverage of what changes do; what it does not cover is used no longer than {@code maxStaleness}
     */
    public TenantValidator(TenantStore store, ValidatorCacheConfig config, Coverage coverage) {
        this(store, config, coverage, Ticker.systemTicker(), PATIENCE);
    }

    TenantValidator(
            TenantStore store, ValidatorCacheConfig config, Coverage coverage, Ticker ticker, Duration patience) {
        this.store = store;
        this.coverage = coverage;
        this.ticker = ticker;
        this.ttl = AgeingCache.nanosOf(config.ttl());
        this.maxStaleness = AgeingCache.nanosOf(config.maxStaleness());
        this.uncoveredTtl = Math.min(ttl, maxStaleness);
        this.negativeTtl = AgeingCache.nanosOf(config.negativeTtl());
        this.known = new AgeingCache<>(config.size(), ttl > 0, ticker);
        this.unknown = new AgeingCache<>(config.size(), negativeTtl > 0, ticker);
        this.newest = new AgeingCache<>(config.size(), ttl > 0, ticker);
        this.lookUps = new SingleFlight<>("The store of tenants", patience);
    }

    /**
     * The tenant, in whatever status, or empty if the reference leads to none. One that was deleted is nobody: its slug
     * may be another's by now, and its id must say no more than a slug.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantUnavailableException if the store cannot say
     */
    public Optional<Tenant> find(String reference) {
        return lookedUp(reference).filter(tenant -> tenant.status() != TenantStatus.DELETED);
    }

    /**
     * The tenant, which is active.
     *
     * @throws TenantNotFoundException if the reference leads to none, or to one that was deleted
     * @throws TenantSuspendedException if it is suspended
     * @throws TenantInactiveException if it is in any other status
     * @throws dev.lexigram.tenancy.tenant.TenantUnavailableException if the store cannot say
     */
    public Tenant validate(String reference) {
        return requireActive(
                find(reference).orElseThrow(() -> TenantNotFoundException.ofReference(reference)), reference);
    }

    /**
     * Lets work go on that began for this tenant: while it is active or still in the status in which the work began, which
     * may be a part of its making or its removal. A tenant that only code knows, and no store, cannot have changed.
     *
     * @throws TenantSuspendedException if it is suspended now
     * @throws TenantInactiveException if it is in another status now
     * @throws TenantNotFoundException if it was deleted
     * @throws dev.lexigram.tenancy.tenant.TenantUnavailableException if the store cannot say
     */
    public void require(Tenant tenant) {
        var now = lookedUp(tenant.id().value())
                .filter(found -> found.id().equals(tenant.id()))
                .orElse(tenant);
        if (now.status() != tenant.status()) {
            requireActive(now, tenant.id().value());
        }
    }

    /** Forgets this tenant under every reference. Nothing that is being looked up now is remembered afterwards. */
    public void invalidate(TenantId id) {
        // A new tenant, or a new name of an old one, may have been asked for before: all unknown references go.
        lookUps.cancel(() -> {
            known.removeIf(answer -> answer.isPresent() && answer.get().id().equals(id));
            unknown.clear();
        });
    }

    /**
     * Forgets what is older than this version of the tenant, under every reference; neither is anything older remembered
     * afterwards, should a copy of the store lag behind. It may be called twice, and late.
     */
    public void invalidate(TenantId id, long version) {
        lookUps.cancel(() -> {
            raise(id, version);
            known.removeIf(answer -> answer.isPresent()
                    && answer.get().id().equals(id)
                    && answer.get().version() < version);
            unknown.clear();
        });
    }

    /** Forgets everything. Nothing that is being looked up now is remembered afterwards. */
    public void invalidateAll() {
        lookUps.cancel(() -> {
            known.clear();
            unknown.clear();
        });
    }

    int knownReferences() {
        return known.size();
    }

    int unknownReferences() {
        return unknown.size();
    }

    private static Tenant requireActive(Tenant tenant, String reference) {
        return switch (tenant.status()) {
            case ACTIVE -> tenant;
            case SUSPENDED -> throw TenantSuspendedException.of(tenant);
            case DELETED -> throw TenantNotFoundException.ofReference(reference);
            case PROVISIONING, INACTIVE, FAILED, DELETING -> throw TenantInactiveException.of(tenant);
        };
    }

    private Optional<Tenant> lookedUp(String reference) {
        var remembered = trusted(reference);
        return remembered != null ? remembered.answer() : findElsewhere(reference);
    }

    private Optional<Tenant> findElsewhere(String reference) {
        var remembered = unknown.youngerThan(negativeTtl, reference);
        var answer = remembered != null
                ? remembered
                : lookUps.fly(reference, () -> lookUp(reference), found -> keep(reference, found));
        return answer.answer();
    }

    private Aged<Optional<Tenant>> lookUp(String reference) {
        var justFound = remembered(reference);
        if (justFound != null) {
            return justFound; // by a look-up that ended between our question and our turn
        }
        var since = ticker.read();
        return new Aged<>(ask(reference), since);
    }

    private @Nullable Aged<Optional<Tenant>> remembered(String reference) {
        var tenant = trusted(reference);
        return tenant != null ? tenant : unknown.youngerThan(negativeTtl, reference);
    }

    /** Asks by id and by slug even when the id is known: an unknown reference must cost no more than a known one. */
    private Optional<Tenant> ask(String reference) {
        var byId = TenantId.parse(reference)
                .flatMap(id -> store.findById(id).filter(tenant -> tenant.id().equals(id)));
        var bySlug = Slug.parse(reference)
                .flatMap(slug -> store.findByName(reference)
                        .filter(tenant -> tenant.slug().equals(slug)));
        return byId.or(() -> bySlug);
    }

    private Aged<Optional<Tenant>> keep(String reference, Aged<Optional<Tenant>> found) {
        if (found.answer().isEmpty()) {
            known.remove(reference);
            unknown.put(reference, found);
            return found;
        }
        var tenant = found.answer().get();
        if (tenant.version() < raise(tenant.id(), tenant.version())) {
            return found; // it is older than what was announced: true for who asked before, and for nobody later
        }
        var remembered = known.youngerThan(ttl, reference);
        if (remembered != null && isNewer(remembered.answer(), found.answer())) {
            return remembered; // a store may answer from a copy that lags behind
        }
        known.put(reference, found);
        return found;
    }

    private @Nullable Aged<Optional<Tenant>> trusted(String reference) {
        return known.trusted(reference, uncoveredTtl, ttl, coverage);
    }

    /** The newest version of this tenant that is known of, this one included. */
    private long raise(TenantId id, long version) {
        var before = newest.youngerThan(maxStaleness, id);
        if (before != null && before.answer() > version) {
            return before.answer();
        }
        newest.put(id, new Aged<>(version, ticker.read()));
        return version;
    }

    private static boolean isNewer(Optional<Tenant> remembered, Optional<Tenant> found) {
        return remembered.isPresent()
                && found.isPresent()
                && remembered.get().id().equals(found.get().id())
                && remembered.get().version() > found.get().version();
    }
}
