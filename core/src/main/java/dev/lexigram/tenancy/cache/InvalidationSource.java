package dev.lexigram.tenancy.cache;

/** A store that announces each of its changes together with the change, and can hear those of other nodes. */
public interface InvalidationSource {

    /** A bus that hears them, for the caller to close. */
    InvalidationBus invalidations(BusConfig config);
}
