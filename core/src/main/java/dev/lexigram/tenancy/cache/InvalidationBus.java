package dev.lexigram.tenancy.cache;

import java.util.function.Consumer;

/**
 * Carries news of changes to every node, so that caches drop what is no longer true. Every implementation passes
 * {@code InvalidationBusContract} of the testkit.
 *
 * <p>Messages may be lost, doubled or come in another order: a subscriber only ever forgets. What a bus must not do is
 * claim to cover a time in which it was deaf. Safe for use by many threads.
 */
public interface InvalidationBus extends Coverage, AutoCloseable {

    /**
     * Calls this with each message from now on, one at a time, on a thread of the bus, before {@link #covers} counts the
     * message as heard. It must be quick. If it fails, the bus covers nothing that was read before.
     */
    void subscribe(Consumer<Invalidation> subscriber);

    /**
     * Tells every node, this one included, of a change that is stored. A store that announces its changes itself, in
     * their transaction, makes this unnecessary.
     */
    void announce(Invalidation change);

    /** Ends it; nothing is covered afterwards. Again: nothing happens. */
    @Override
    void close();
}
