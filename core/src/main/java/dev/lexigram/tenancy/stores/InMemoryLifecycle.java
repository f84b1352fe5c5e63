package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.stores.LifecycleRun.Kind;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantWriteFencedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journal and the deletions of tenants in memory, guarded by the lock of their store. */
final class InMemoryLifecycle implements LifecycleJournal, TenantDeletions {

    private final InMemoryTenantStore store;
    private final InstantSource clock;
    private final Map<TenantId, OpenRun> open = new HashMap<>();
    private final Map<TenantId, Map<Kind, Map<String, Object>>> outcomes = new HashMap<>();
    private final Map<String, KeyedCreation> creations = new HashMap<>();
    private final Map<TenantId, Terms> terms = new HashMap<>();
    private final Map<TenantId, String> holds = new HashMap<>();
    private final Map<TenantId, Instant> quarantines = new HashMap<>();

    InMemoryLifecycle(InMemoryTenantStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public LifecycleRun begin(RunOpening opening) {
        synchronized (store) {
            var id = opening.tenant().id();
            if (opening.key().isPresent()
                    && creations.containsKey(opening.key().get().key())) {
                throw TenantSlugConflictException.of(id.value());
            }
            if (open.containsKey(id)) {
                throw TenantStateException.of(id, "has unfinished work", "wait until it has ended");
            }
            if (opening.kind() == Kind.PURGE && holds.containsKey(id)) {
                throw TenantStateException.of(id, "is held: " + holds.get(id), "end the legal hold first");
            }
            var tenant = store.save(opening.tenant(), opening.expectedVersion(), opening.events());
            opening.terms().ifPresent(agreed -> terms.put(id, agreed));
            opening.key().ifPresent(key -> creations.put(key.key(), new KeyedCreation(id, key.digest())));
            var run = new LifecycleRun(opening.id(), opening.kind(), tenant, 1, false, Map.of());
            open.put(id, new OpenRun(run, end(opening.lease())));
            return run;
        }
    }

    @Override
    public Optional<KeyedCreation> findCreation(String key) {
        synchronized (store) {
            return Optional.ofNullable(creations.get(key));
        }
    }

    @Override
    public void renew(LifecycleRun run, Duration lease) {
        synchronized (store) {
            open.put(run.tenant().id(), new OpenRun(held(run), end(lease)));
        }
    }

    @Override
    public void stepDone(LifecycleRun run, String step, Map<String, Object> found, Duration lease) {
        synchronized (store) {
            var done = new LinkedHashMap<>(held(run).done());
            done.put(step, Map.copyOf(found));
            replace(held(run), held(run).undoing(), done, lease);
        }
    }

    @Override
    public void turnBack(LifecycleRun run, Duration lease) {
        synchronized (store) {
            replace(held(run), true, held(run).done(), lease);
        }
    }

    @Override
    public void stepUndone(LifecycleRun run, String step, Duration lease) {
        synchronized (store) {
            var done = new LinkedHashMap<>(held(run).done());
            done.remove(step);
            replace(held(run), held(run).undoing(), done, lease);
        }
    }

    @Override
    public Tenant finish(LifecycleRun run, Tenant tenant, List<TenantEvent> events, Map<String, Object> outcome) {
        synchronized (store) {
            var known = held(run);
            var saved = store.save(tenant, known.tenant().version(), events);
            open.remove(saved.id());
            outcomes.computeIfAbsent(saved.id(), any -> new HashMap<>()).put(run.kind(), Map.copyOf(outcome));
            return saved;
        }
    }

    @Override
    public Optional<LifecycleRun> takeOver(Duration lease) {
        synchronized (store) {
            var now = System.nanoTime();
            return open.values().stream()
                    .filter(run -> run.leaseEnd() - now <= 0)
                    .min(Comparator.comparingLong(run -> run.leaseEnd() - now))
                    .map(run -> takeOver(run.run(), lease));
        }
    }

    @Override
    public boolean isOpen(TenantId id) {
        synchronized (store) {
            return open.containsKey(id);
        }
    }

    @Override
    public Optional<Map<String, Object>> outcome(TenantId id, Kind kind) {
        synchronized (store) {
            return Optional.ofNullable(outcomes.getOrDefault(id, Map.of()).get(kind));
        }
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Tenant schedule(Tenant tenant, long expectedVersion, List<TenantEvent> events, Terms agreed) {
        synchronized (store) {
            var saved = store.save(tenant, expectedVersion, events);
            terms.put(saved.id(), agreed);
            return saved;
        }
    }

    @Override
    public Optional<Terms> terms(TenantId id) {
        synchronized (store) {
            return Optional.ofNullable(terms.get(id));
        }
    }

    @Override
    public List<TenantId> due(int limit) {
        synchronized (store) {
            var now = now();
            return terms.entrySet().stream()
                    .filter(entry -> !entry.getValue().purgeAt().isAfter(now))
                    .filter(entry -> !holds.containsKey(entry.getKey()) && !open.containsKey(entry.getKey()))
                    .sorted(Comparator.comparing(entry -> entry.getValue().purgeAt()))
                    .map(Map.Entry::getKey)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public void hold(TenantId id, String reason) {
        synchronized (store) {
            var tenant = store.findById(id).orElseThrow(() -> TenantNotFoundException.of(id));
            var purging = open.containsKey(id) && open.get(id).run().kind() == Kind.PURGE;
            if (purging || tenant.status() == TenantStatus.DELETED) {
                throw TenantStateException.of(id, "is being removed already", "restore it from a backup");
            }
            holds.put(id, reason);
        }
    }

    @Override
    public void release(TenantId id) {
        synchronized (store) {
            holds.remove(id);
        }
    }

    @Override
    public Optional<String> heldBecause(TenantId id) {
        synchronized (store) {
            return Optional.ofNullable(holds.get(id));
        }
    }

    @Override
    public Map<String, Long> erase(LifecycleRun run, Duration quarantine) {
        synchronized (store) {
            var id = held(run).tenant().id();
            quarantines.putIfAbsent(id, now().plus(quarantine));
            return Map.of("tenant_configs", store.eraseConfig(id));
        }
    }

    @Override
    public int releaseNames() {
        synchronized (store) {
            var over = new ArrayList<TenantId>();
            var now = now();
            quarantines.forEach((id, end) -> {
                if (!end.isAfter(now)) {
                    over.add(id);
                }
            });
            over.forEach(id -> store.findById(id).ifPresent(store::releaseSlug));
            over.forEach(quarantines::remove);
            return over.size();
        }
    }

    /** Called with every save: terms end with the deletion. */
    void saved(Tenant tenant) {
        if (tenant.status() != TenantStatus.DELETING) {
            terms.remove(tenant.id());
        }
    }

    private LifecycleRun takeOver(LifecycleRun run, Duration lease) {
        var next = new LifecycleRun(run.id(), run.kind(), run.tenant(), run.fence() + 1, run.undoing(), run.done());
        open.put(run.tenant().id(), new OpenRun(next, end(lease)));
        return next;
    }

    private void replace(LifecycleRun run, boolean undoing, Map<String, Map<String, Object>> done, Duration lease) {
        var next = new LifecycleRun(run.id(), run.kind(), run.tenant(), run.fence(), undoing, done);
        open.put(run.tenant().id(), new OpenRun(next, end(lease)));
    }

    /** What is known of a run that this holder still has. */
    private LifecycleRun held(LifecycleRun run) {
        var known = open.get(run.tenant().id());
        if (known == null || !known.run().id().equals(run.id()) || known.run().fence() != run.fence()) {
            throw TenantWriteFencedException.of(run.tenant().id());
        }
        return known.run();
    }

    private static long end(Duration lease) {
        return System.nanoTime() + lease.toNanos();
    }

    /** @param leaseEnd of the clock that no one can set */
    private record OpenRun(LifecycleRun run, long leaseEnd) {}
}
