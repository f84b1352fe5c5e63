package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One lane that was taken: the next events of a tenant for a listener.
 *
 * @param lease proves that the lane is still ours
 * @param delivered the sequence of the last event that the listener knows; 0 for none
 * @param attempts how often the first of these events has failed
 * @param events those that follow, without a gap
 * @param obstacle why the event after these cannot be read; empty if it can, or if there is none
 */
public record OutboxBatch(
        String listener,
        TenantId tenant,
        UUID lease,
        long delivered,
        int attempts,
        List<TenantEvent> events,
        Optional<String> obstacle) {

    public OutboxBatch {
        events = List.copyOf(events);
    }
}
