package dev.lexigram.tenancy.isolation;

/** Whether what crosses tenants is refused, or only told. */
public enum AdoptionMode {

    /** It is refused. */
    ENFORCE,

    /** Nothing is refused and nothing is kept apart: what would be refused is recorded, and health says so. */
    REPORT
}
