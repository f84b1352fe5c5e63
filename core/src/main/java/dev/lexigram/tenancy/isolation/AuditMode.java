package dev.lexigram.tenancy.isolation;

/** What a finding of severity ERROR does, at start and later. */
public enum AuditMode {

    /** The application does not serve. */
    FAIL,

    /** It is logged, and work without a tenant stays refused. */
    WARN
}
