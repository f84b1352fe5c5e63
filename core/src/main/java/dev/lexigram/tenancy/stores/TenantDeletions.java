package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tenants are to be removed, when, and which must not be. Kept by the store of the tenants. Safe for use by many
 * threads and nodes; every implementation passes {@code TenantDeletionsContract} of the testkit.
 */
public interface TenantDeletions {

    /** The time by which graces and quarantines end: that of the store, whatever the clock of a node shows. */
    Instant now();

    /** Saves the tenant, which is in deletion from now on, together with the terms of it. Another save ends them. */
    Tenant schedule(Tenant tenant, long expectedVersion, List<TenantEvent> events, Terms terms);

    /** The terms of a tenant that is in deletion. */
    Optional<Terms> terms(TenantId id);

    /** Tenants in deletion whose time has come and that are not held, the earliest first. */
    List<TenantId> due(int limit);

    /**
     * Forbids that the tenant's data is removed.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantStateException if the removal has begun or is done
     */
    void hold(TenantId id, String reason);

    /** Ends the hold, if there is one. */
    void release(TenantId id);

    /** Why the tenant must not be removed, if so. */
    Optional<String> heldBecause(TenantId id);

    /**
     * Removes what the control plane keeps of a tenant that is being removed, but for the tenant itself, its id and its
     * events; other names of it stay taken for the quarantine.
     *
     * @param run a removal, held by the caller
     * @return how many rows were removed, by kind
     */
    Map<String, Long> erase(LifecycleRun run, Duration quarantine);

    /** Gives back names whose quarantine is over. */
    int releaseNames();

    /**
     * How a tenant is to be removed.
     *
     * @param policy what happens to its data, by the name of the policy
     * @param purgeAt when that may begin
     */
    record Terms(String policy, Instant purgeAt) {}
}
