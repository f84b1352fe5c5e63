package dev.lexigram.tenancy.postgres.isolation;

/** How keys keep the tenants apart. In both, unique and foreign keys between the tables begin with the tenant. */
public enum KeyVariant {

    /** Every key begins with {@code tenant_id}, the primary key, too: for new schemas and for Citus. */
    TENANT_FIRST,

    /**
     * The primary key stays as it is and a second key {@code (tenant_id, id)} carries the foreign keys: for JPA entities
     * that must not change. Only for generated ids: whether an id is taken can be seen across tenants.
     */
    SURROGATE
}
