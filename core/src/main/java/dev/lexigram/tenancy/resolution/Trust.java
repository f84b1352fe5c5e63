package dev.lexigram.tenancy.resolution;

/** How far a source is believed. Given when a resolver is registered, never by its name. */
public enum Trust {

    /** Somebody proved it, such as the issuer of a checked token: it is authority. */
    VERIFIED,

    /** The client chose it: it only selects among the tenants that the caller is a member of. */
    SELECTOR
}
