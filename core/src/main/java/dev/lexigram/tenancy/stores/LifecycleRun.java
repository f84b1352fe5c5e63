package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.Tenant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Work on a tenant that must come to an end whatever happens to the node that does it, as whoever holds it knows it.
 *
 * @param tenant as it was stored last
 * @param fence number of those who have held this run, this holder included; an earlier one can write nothing more
 * @param undoing whether what was done is being taken back, which is never turned round
 * @param done what each finished step found, in the order of finishing
 */
public record LifecycleRun(
        UUID id, Kind kind, Tenant tenant, long fence, boolean undoing, Map<String, Map<String, Object>> done) {

    public LifecycleRun {
        done = Collections.unmodifiableMap(new LinkedHashMap<>(done));
    }

    /** What a run is about. */
    public enum Kind {
        PROVISION,
        PURGE
    }
}
