package dev.lexigram.tenancy.resolution;

/** Which routes need a tenant. */
public enum RequireMode {

    /** Those that say so; the others run with nothing bound when there is no tenant. */
    GUARDED,

    /** All but the ignored paths. */
    ALWAYS
}
