package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.tenant.Tenant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an application did while it was observed that will be refused once row-level isolation is enforced: one entry for
 * each kind, table and place in the code, the first time also as a line of logger {@code tenancy.adoption}.
 *
 * <p>Its memory is bounded: when there are {@value #MOST} entries, what would be a further one is only counted. Safe for
 * use by many threads.
 */
public final class WouldBeRefusals {

    /** How many entries are kept. */
    public static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger("tenancy.adoption");

    private final ConcurrentHashMap<Place, Seen> places = new ConcurrentHashMap<>();
    private final AtomicLong order = new AtomicLong();
    private final LongAdder further = new LongAdder();

    /** The entries, the latest place first. */
    public List<WouldBeRefusal> entries() {
        return places.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().order()))
                .map(entry -> new WouldBeRefusal(
                        entry.getKey().kind(),
                        entry.getKey().table(),
                        entry.getKey().location(),
                        entry.getValue().count().sum()))
                .toList();
    }

    /** How often something happened at a place for which there was no room any more. */
    public long further() {
        return further.sum();
    }

    /** How often anything happened. */
    public long total() {
        return further()
                + places.values().stream().mapToLong(seen -> seen.count().sum()).sum();
    }

    void record(WouldBeRefusal.Kind kind, String table, @Nullable Tenant tenant) {
        var place = new Place(kind, table, CodeLocation.current());
        var seen = places.get(place);
        if (seen == null && places.size() >= MOST) {
            further.increment();
            return;
        }
        if (seen == null) {
            var fresh = new Seen(order.getAndIncrement(), new LongAdder());
            seen = places.putIfAbsent(place, fresh);
            if (seen == null) {
                seen = fresh;
                log(place, tenant);
            }
        }
        seen.count().increment();
    }

    private static void log(Place place, @Nullable Tenant tenant) {
        LOG.warn(
                "would be refused: {}{}, as {}, at {}",
                place.kind().meaning(),
                place.table().isEmpty() ? "" : " in " + place.table(),
                tenant == null ? "no tenant" : "tenant " + tenant.id(),
                place.location());
    }

    private record Place(WouldBeRefusal.Kind kind, String table, String location) {}

    private record Seen(long order, LongAdder count) {}
}
