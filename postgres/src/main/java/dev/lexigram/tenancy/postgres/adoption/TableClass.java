package dev.lexigram.tenancy.postgres.adoption;

/** Whose rows a table holds. */
public enum TableClass {

    /** Rows of tenants: the migration protects it. */
    TENANT,

    /** Rows for every tenant: the application reads it. */
    SHARED,

    /** Rows of a tool or of an extension: left as it is. */
    SYSTEM,

    /** Rows of the control plane, in schema {@code tenancy}: left as it is. */
    CONTROL,

    /** Not known, or not to be protected as it is: left out, with a finding that says what to do. */
    UNDECIDED
}
