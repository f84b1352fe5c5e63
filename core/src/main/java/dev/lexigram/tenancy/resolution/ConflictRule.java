package dev.lexigram.tenancy.resolution;

/** What happens when the sources of a call lead to different tenants. */
public enum ConflictRule {

    /** The call is refused. */
    REJECT,

    /** A verified source beats selectors; selectors that differ among themselves are still refused. */
    VERIFIED_WINS
}
