package dev.lexigram.tenancy.postgres.audit;

/** What a finding means for serving requests. */
public enum Severity {

    /** Isolation does not hold, or is not known to hold: do not serve. */
    ERROR,

    /** Isolation holds now, with a weakness that health must show. */
    WARN
}
