package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A run that is to begin together with a change of its tenant.
 *
 * @param tenant as it is saved
 * @param expectedVersion as for {@link TenantStore#save}
 * @param events stored with it
 * @param lease how long its holder may be silent
 * @param key under which a creation can be asked for again
 * @param terms of a removal that is agreed and begins at once
 */
public record RunOpening(
        UUID id,
        LifecycleRun.Kind kind,
        Tenant tenant,
        long expectedVersion,
        List<TenantEvent> events,
        Duration lease,
        Optional<CreationKey> key,
        Optional<TenantDeletions.Terms> terms) {

    public RunOpening {
        events = List.copyOf(events);
    }
}
