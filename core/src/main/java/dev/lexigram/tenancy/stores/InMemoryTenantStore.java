package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tenants and their configuration in memory, for tests and for services whose tenants stand in their code. They end
 * with the process.
 *
 * <p>Safe for use by many threads: every call sees and leaves a whole state.
 */
public final class InMemoryTenantStore implements TenantStore, TenantConfigProvider {

    private final Map<TenantId, Tenant> tenants = new HashMap<>();
    private final Map<String, TenantId> owners = new HashMap<>(); // of ids and slugs, in lower case
    private final NavigableMap<PageCursor, TenantId> creation = new TreeMap<>();
    private final Map<UUID, TenantEvent> events = new LinkedHashMap<>();
    private final Map<TenantId, Long> sequences = new HashMap<>();
    private final Map<TenantId, ConfigSnapshot> configs = new HashMap<>();
    private final InMemoryOutbox outbox;
    private final InMemoryLifecycle lifecycle;

    public InMemoryTenantStore() {
        this(InstantSource.system());
    }

    /** @param clock by which graces and quarantines end; leases are measured by the time that the process runs */
    public InMemoryTenantStore(InstantSource clock) {
        this.outbox = new InMemoryOutbox(this, clock);
        this.lifecycle = new InMemoryLifecycle(this, clock);
    }

    @Override
    public Optional<Outbox> outbox() {
        return Optional.of(outbox);
    }

    @Override
    public synchronized Optional<Tenant> findById(TenantId id) {
        return Optional.ofNullable(tenants.get(id));
    }

    @Override
    public synchronized Optional<Tenant> findByName(String name) {
        return Slug.parse(name)
                .flatMap(slug -> Optional.ofNullable(owners.get(slug.value()))
                        .flatMap(this::findById)
                        .filter(tenant -> tenant.slug().equals(slug) && holdsSlug(tenant)));
    }

    @Override
    public synchronized TenantPage page(TenantQuery query) {
        var places = query.after()
                .map(PageCursor::parse)
                .map(after -> creation.tailMap(after, false))
                .orElse(creation);
        var found = places.values().stream()
                .flatMap(id -> findById(id).stream())
                .filter(tenant -> query.status().map(tenant.status()::equals).orElse(true))
                .limit(query.limit() + 1L)
                .toList();
        return TenantPage.of(found, query.limit());
    }

    @Override
    public synchronized Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
        var before = tenants.get(tenant.id());
        checkVersion(tenant.id(), before, expectedVersion);
        if (before == null || !isRemoval(tenant)) {
            checkNames(tenant);
        }
        checkEvents(tenant.id(), events);
        var first = before == null ? tenant : before;
        var stored = tenant.asStored(first.createdAt(), first.strategy(), expectedVersion + 1);
        keepNames(stored, before);
        tenants.put(stored.id(), stored);
        creation.put(PageCursor.of(stored), stored.id());
        append(stored.id(), events);
        lifecycle.saved(stored);
        return stored;
    }

    @Override
    public synchronized ConfigSnapshot snapshot(TenantId tenant) {
        return configs.getOrDefault(tenant, ConfigSnapshot.EMPTY);
    }

    @Override
    public synchronized ConfigSnapshot apply(TenantId tenant, ConfigUpdate update) {
        var known = tenants.get(tenant);
        if (known == null ? update.knownTenant() : known.status() == TenantStatus.DELETED) {
            throw TenantNotFoundException.of(tenant);
        }
        var outcome = update.applyTo(tenant, snapshot(tenant));
        configs.put(tenant, outcome.after());
        append(tenant, outcome.events());
        return outcome.after();
    }

    /** Every event that was stored, in the order of storing. */
    public synchronized List<TenantEvent> events() {
        return List.copyOf(events.values());
    }

    @Override
    public Optional<LifecycleJournal> journal() {
        return Optional.of(lifecycle);
    }

    @Override
    public Optional<TenantDeletions> deletions() {
        return Optional.of(lifecycle);
    }

    /** Removes what is configured for a tenant that is being removed, and says how many keys that were. */
    synchronized long eraseConfig(TenantId removed) {
        var erased = snapshot(removed);
        configs.put(removed, new ConfigSnapshot(erased.version(), Map.of()));
        return erased.entries().size();
    }

    /** Frees the slug of a tenant that was removed. */
    synchronized void releaseSlug(Tenant removed) {
        var slug = removed.slug().value();
        if (!slug.equals(folded(removed.id().value()))) {
            owners.remove(slug, removed.id());
        }
    }

    /** Removal changes no names: they are taken until their quarantine ends. */
    private static boolean isRemoval(Tenant tenant) {
        return tenant.status() == TenantStatus.DELETING || tenant.status() == TenantStatus.DELETED;
    }

    private void keepNames(Tenant stored, @Nullable Tenant before) {
        if (before != null && isRemoval(stored)) {
            return;
        }
        if (before != null) {
            owners.remove(before.slug().value(), before.id());
        }
        owners.put(folded(stored.id().value()), stored.id());
        if (holdsSlug(stored)) {
            owners.put(stored.slug().value(), stored.id());
        }
    }

    private static void checkVersion(TenantId id, @Nullable Tenant before, long expectedVersion) {
        if (expectedVersion == NEW && before != null) {
            throw TenantSlugConflictException.of(id.value());
        }
        if (expectedVersion != NEW && before == null) {
            throw TenantNotFoundException.of(id);
        }
        if (before != null && before.version() != expectedVersion) {
            throw TenantConflictException.of(id, expectedVersion);
        }
    }

    private void checkNames(Tenant tenant) {
        var names = holdsSlug(tenant)
                ? List.of(tenant.id().value(), tenant.slug().value())
                : List.of(tenant.id().value());
        for (var name : names) {
            var owner = owners.get(folded(name));
            if (owner != null && !owner.equals(tenant.id())) {
                throw TenantSlugConflictException.of(name);
            }
        }
    }

    private void checkEvents(TenantId id, List<TenantEvent> added) {
        var seen = new HashSet<UUID>();
        for (var event : added) {
            if (!event.tenantId().equals(id)) {
                throw new IllegalArgumentException("an event must be of the tenant that is saved with it");
            }
            if (events.containsKey(event.eventId()) || !seen.add(event.eventId())) {
                throw new IllegalArgumentException("event " + event.eventId() + " is stored already");
            }
        }
    }

    private void append(TenantId id, List<TenantEvent> added) {
        for (var event : added) {
            var stored = event.withSequence(sequences.merge(id, 1L, Long::sum));
            events.put(event.eventId(), stored);
            outbox.add(stored);
        }
    }

    private static boolean holdsSlug(Tenant tenant) {
        return tenant.status() != TenantStatus.FAILED && tenant.status() != TenantStatus.DELETED;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
