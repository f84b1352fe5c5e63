package dev.lexigram.tenancy.stores;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The events that were stored with their changes, and how far each listener has been told of them. Every implementation
 * passes {@code OutboxContract} of the testkit.
 *
 * <p>Each listener has one lane per tenant. A lane is taken by one node at a time, for the time of a lease, and gives its
 * events in the order of their sequence without a gap. Safe for use by many threads and nodes.
 */
public interface Outbox {

    /** Keeps every event for this listener from now on, and those that are still kept. Again: nothing happens. */
    void register(String listener);

    /** Ends that; nothing waits for this listener any more. */
    void unregister(String listener);

    /**
     * Takes lanes in which an event is due. Nobody else gets them before they are settled or the lease is over.
     *
     * @param lanes how many at most
     */
    List<OutboxBatch> claim(String listener, Duration lease, int lanes);

    /**
     * Gives the lane back: the listener knows all events up to this one.
     *
     * @return false if the lease was over and somebody else has the lane; then nothing changes
     */
    boolean delivered(OutboxBatch batch, long through);

    /**
     * Gives the lane back: the listener knows all events up to this one and failed at the next, which is due again later.
     *
     * @param after how much later
     * @param cause what happened, in a word
     * @return as with {@link #delivered}
     */
    boolean failed(OutboxBatch batch, long through, Duration after, String cause);

    /** Gives the lane back like {@link #failed}; it waits until somebody calls {@link #retry} or {@link #skip}. */
    boolean park(OutboxBatch batch, long through, String cause);

    /** Lets the parked lanes of this listener go on with the event at which they stopped. */
    int retry(String listener);

    /** Lets the parked lanes of this listener go on with the event after the one at which they stopped. */
    int skip(String listener);

    /** What these listeners have not been told yet. */
    OutboxState state(Collection<String> listeners);

    /**
     * Marks the events that every listener knows, and drops those that were marked so long ago. To be called now and then.
     *
     * @return how many were dropped
     */
    int clean(Duration kept);
}
