package dev.lexigram.tenancy.isolation;

/** Where transactions are bound to their tenant. */
public enum BinderChoice {

    /** In the driver, where a test at start shows that this works; else as {@link #PLAIN}, which is said once. */
    AUTO,

    /** In the driver, without a round trip of its own; the start fails where that does not work. */
    DRIVER,

    /** By statements of its own, over public JDBC alone, whatever the driver. */
    PLAIN
}
