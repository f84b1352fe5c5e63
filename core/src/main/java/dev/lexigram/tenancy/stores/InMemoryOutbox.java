package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The outbox of a store in memory; it shares that store's lock, as its events come with the store's changes. */
final class InMemoryOutbox implements Outbox {

    private static final int EVENTS = 100;

    private final Object lock;
    private final InstantSource clock;
    private final Map<TenantId, NavigableMap<Long, Kept>> kept = new HashMap<>();
    private final Map<TenantId, Long> stored = new HashMap<>();
    private final Map<String, Map<TenantId, Lane>> listeners = new HashMap<>();

    InMemoryOutbox(Object lock, InstantSource clock) {
        this.lock = lock;
        this.clock = clock;
    }

    /** Called by the store, which holds the lock. */
    void add(TenantEvent event) {
        kept.computeIfAbsent(event.tenantId(), any -> new TreeMap<>())
                .put(event.sequence(), new Kept(event, clock.instant()));
        stored.put(event.tenantId(), event.sequence());
        for (var lanes : listeners.values()) {
            lanes.computeIfAbsent(event.tenantId(), any -> new Lane(event.sequence() - 1));
        }
    }

    @Override
    public void register(String listener) {
        synchronized (lock) {
            if (listeners.containsKey(listener)) {
                return;
            }
            var lanes = new HashMap<TenantId, Lane>();
            kept.forEach((tenant, events) -> {
                if (!events.isEmpty()) {
                    lanes.put(tenant, new Lane(events.firstKey() - 1));
                }
            });
            listeners.put(listener, lanes);
        }
    }

    @Override
    public void unregister(String listener) {
        synchronized (lock) {
            listeners.remove(listener);
        }
    }

    @Override
    public List<OutboxBatch> claim(String listener, Duration lease, int lanes) {
        synchronized (lock) {
            var now = clock.instant();
            return lanesOf(listener).entrySet().stream()
                    .filter(entry -> isOpen(entry.getKey(), entry.getValue())
                            && !entry.getValue().next.isAfter(now))
                    .sorted((one, other) -> one.getValue().next.compareTo(other.getValue().next))
                    .limit(lanes)
                    .map(entry -> taken(listener, entry.getKey(), entry.getValue(), now.plus(lease)))
                    .toList();
        }
    }

    private OutboxBatch taken(String listener, TenantId tenant, Lane lane, Instant until) {
        lane.lease = UUID.randomUUID();
        lane.next = until;
        var events = new ArrayList<TenantEvent>();
        for (var event : eventsOf(tenant).tailMap(lane.delivered, false).values()) {
            if (events.size() < EVENTS) {
                events.add(event.event);
            }
        }
        return new OutboxBatch(listener, tenant, lane.lease, lane.delivered, lane.attempts, events, Optional.empty());
    }

    @Override
    public boolean delivered(OutboxBatch batch, long through) {
        return settle(batch, through, lane -> lane.attempts = through > batch.delivered() ? 0 : batch.attempts());
    }

    @Override
    public boolean failed(OutboxBatch batch, long through, Duration after, String cause) {
        return settle(batch, through, lane -> {
            lane.next = clock.instant().plus(after);
            lane.attempts = failures(batch, through);
        });
    }

    @Override
    public boolean park(OutboxBatch batch, long through, String cause) {
        return settle(batch, through, lane -> {
            lane.parked = true;
            lane.attempts = failures(batch, through);
        });
    }

    private static int failures(OutboxBatch batch, long through) {
        return through > batch.delivered() ? 1 : batch.attempts() + 1;
    }

    private boolean settle(OutboxBatch batch, long through, Consumer<Lane> change) {
        synchronized (lock) {
            var lane = lanesOf(batch.listener()).get(batch.tenant());
            if (lane == null || !batch.lease().equals(lane.lease)) {
                return false;
            }
            lane.lease = null;
            lane.delivered = through;
            lane.next = Instant.MIN;
            change.accept(lane);
            return true;
        }
    }

    @Override
    public int retry(String listener) {
        return unpark(listener, 0);
    }

    @Override
    public int skip(String listener) {
        return unpark(listener, 1);
    }

    private int unpark(String listener, int events) {
        synchronized (lock) {
            var parked = lanesOf(listener).values().stream()
                    .filter(lane -> lane.parked)
                    .toList();
            for (var lane : parked) {
                lane.parked = false;
                lane.attempts = 0;
                lane.delivered += events;
                lane.next = Instant.MIN;
            }
            return parked.size();
        }
    }

    @Override
    public OutboxState state(Collection<String> names) {
        synchronized (lock) {
            long open = 0;
            long parked = 0;
            var oldest = Duration.ZERO;
            for (var name : names) {
                for (var entry : lanesOf(name).entrySet()) {
                    var lane = entry.getValue();
                    if (lane.parked) {
                        parked++;
                    } else if (isOpen(entry.getKey(), lane)) {
                        open++;
                        var waiting = waiting(entry.getKey(), lane);
                        oldest = waiting.compareTo(oldest) > 0 ? waiting : oldest;
                    }
                }
            }
            return new OutboxState(open, parked, oldest);
        }
    }

    private Duration waiting(TenantId tenant, Lane lane) {
        var first = eventsOf(tenant).higherEntry(lane.delivered);
        return first == null ? Duration.ZERO : Duration.between(first.getValue().since, clock.instant());
    }

    @Override
    public int clean(Duration age) {
        synchronized (lock) {
            var before = clock.instant().minus(age);
            var dropped = 0;
            for (var tenant : kept.keySet()) {
                var known = listeners.values().stream()
                        .map(lanes -> lanes.get(tenant))
                        .mapToLong(lane -> lane == null ? Long.MAX_VALUE : lane.delivered)
                        .min()
                        .orElse(Long.MAX_VALUE);
                var done = eventsOf(tenant).headMap(known, true);
                var count = done.size();
                done.values().removeIf(event -> event.done != null && event.done.isBefore(before));
                done.values().stream()
                        .filter(event -> event.done == null)
                        .forEach(event -> event.done = clock.instant());
                dropped += count - done.size();
            }
            return dropped;
        }
    }

    private Map<TenantId, Lane> lanesOf(String listener) {
        return listeners.getOrDefault(listener, Map.of());
    }

    private NavigableMap<Long, Kept> eventsOf(TenantId tenant) {
        return kept.getOrDefault(tenant, new TreeMap<>());
    }

    private boolean isOpen(TenantId tenant, Lane lane) {
        return !lane.parked && lane.delivered < stored.getOrDefault(tenant, 0L);
    }

    private static final class Kept {
        private final TenantEvent event;
        private final Instant since;
        private @Nullable Instant done;

        private Kept(TenantEvent event, Instant since) {
            this.event = event;
            this.since = since;
        }
    }

    private static final class Lane {
        private long delivered;
        private int attempts;
        private Instant next = Instant.MIN;
        private @Nullable UUID lease;
        private boolean parked;

        private Lane(long delivered) {
            this.delivered = delivered;
        }
    }
}
