package dev.lexigram.tenancy.resolution;

/** What one source says about the tenant of a call. */
public sealed interface Resolution {

    /**
     * The source names a tenant: an id, a slug or a host name; not yet believed. Made by {@link Resolution#resolved}; one
     * that is made by hand and not well-formed is turned into a {@link Rejected} by the chain.
     */
    record Resolved(String reference) implements Resolution {}

    /** The source says nothing; the next one is asked. */
    record Absent() implements Resolution {
        private static final Absent INSTANCE = new Absent();
    }

    /** The source says something unusable; nothing further is asked. The reason never holds the client's text. */
    record Rejected(String reason) implements Resolution {}

    /** The longest reference, in characters. */
    int MAX_REFERENCE_LENGTH = 63;

    /** {@link Resolved} for a well-formed reference, {@link Absent} for blank text, else {@link Rejected}. */
    static Resolution resolved(String reference) {
        if (References.isReference(reference)) {
            return new Resolved(reference);
        }
        return reference.length() <= MAX_REFERENCE_LENGTH && reference.isBlank() ? absent() : rejected("malformed");
    }

    static Resolution absent() {
        return Absent.INSTANCE;
    }

    static Resolution rejected(String reason) {
        return new Rejected(reason);
    }
}
