package dev.lexigram.tenancy.isolation;

import dev.lexigram.tenancy.tenant.Tenant;

/** Who is still served. Asked before each statement of a tenant, so it must be cheap. Safe for use by many threads. */
@FunctionalInterface
public interface ServedTenants {

    /** Nobody is turned away: for work that no change of a tenant concerns. */
    ServedTenants ALL = tenant -> {};

    /**
     * Lets work go on that began for this tenant.
     *
     * @param tenant as it was when the work began
     * @throws dev.lexigram.tenancy.tenant.TenantException if it is not served any more, or if nobody can say
     */
    void require(Tenant tenant);
}
