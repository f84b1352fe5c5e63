package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.tenant.TenantEvent;

/**
 * Is told of every event, at least once in the whole cluster, after it was stored, in the order of each tenant's sequence.
 *
 * <p>Called on a thread of the relay, never on that of a request, with no tenant bound; by one node at a time for one
 * tenant. The same event may come again, so whatever it does must be done once for each {@code eventId}. If it fails,
 * the event comes again later, and the tenant's later ones wait for it.
 */
public interface TenantEventListener {

    /**
     * Under which name the outbox remembers what it has been told: 1-100 letters, digits and any of {@code . _ : -}. The
     * same on every node; a new name starts with the events that are still kept.
     */
    String name();

    void on(TenantEvent event) throws Exception;
}
