package dev.lexigram.tenancy.cache;

/** What carries news of changes from node to node. */
public enum BusType {

    /** NOTIFY and LISTEN of the database that keeps the tenants; a store in memory has none. */
    POSTGRES,

    /** Nothing: caches age fast instead. */
    NONE
}
