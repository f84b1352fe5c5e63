package dev.lexigram.tenancy.resolution;

import java.util.regex.Pattern;

/** What one source says about the tenant of a call. */
public sealed interface Resolution {

    /** The source names a tenant: an id, a slug or a host name; well-formed, not yet believed. */
    record Resolved(String reference) implements Resolution {}

    /** The source says nothing; the next one is asked. */
    record Absent() implements Resolution {}

    /** The source says something unusable; nothing further is asked. The reason never holds the client's text. */
    record Rejected(String reason) implements Resolution {}

    /** The longest reference, in characters. */
    int MAX_REFERENCE_LENGTH = 63;

    /** {@link Resolved} for a well-formed reference, {@link Absent} for blank text, else {@link Rejected}. */
    static Resolution resolved(String reference) {
        if (reference.length() <= MAX_REFERENCE_LENGTH
                && References.FORM.matcher(reference).matches()) {
            return new Resolved(reference);
        }
        return reference.isBlank() ? absent() : rejected("malformed");
    }

    static Resolution absent() {
        return References.ABSENT;
    }

    static Resolution rejected(String reason) {
        return new Rejected(reason);
    }

    /** What all references have in common. */
    final class References {
        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
        private static final Absent ABSENT = new Absent();

        private References() {}
    }
}
