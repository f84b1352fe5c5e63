package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/** Tenants as an application creates, reads and changes them. Safe for use by many threads. */
public interface TenantProvider {

    Optional<Tenant> getTenant(TenantId id);

    Optional<Tenant> getTenantBySlug(Slug slug);

    /** Every tenant in the order of creation; for many tenants use the paged form. */
    List<Tenant> listTenants(boolean activeOnly);

    TenantPage listTenants(TenantQuery query);

    /**
     * Creates a tenant, makes its place for data and returns it ACTIVE.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantSlugConflictException if the id or slug is taken; nothing was stored
     * @throws dev.lexigram.tenancy.tenant.TenantProvisioningException if its place could not be made; it is FAILED
     */
    Tenant createTenant(CreateTenantCommand command);

    /**
     * Changes what the command mentions, of a tenant in any status but provisioning, deleting and deleted. Nothing differs:
     * nothing happens.
     *
     * @throws dev.lexigram.tenancy.tenant.InvalidTenantException if a value is not allowed; nothing was stored
     * @throws dev.lexigram.tenancy.tenant.TenantConflictException if the tenant no longer has the expected version
     * @throws dev.lexigram.tenancy.tenant.TenantStateException if it is being made or removed
     */
    Tenant updateTenant(TenantId id, UpdateTenantCommand command);

    /** Serves a suspended or inactive tenant again. Already active: nothing happens. */
    Tenant activateTenant(TenantId id);

    /** Stops serving a tenant; everything is kept. Already inactive: nothing happens. */
    Tenant deactivateTenant(TenantId id);

    /** Stops serving an active tenant for a reason; everything is kept. */
    Tenant suspendTenant(TenantId id, String reason);

    /**
     * Tries again to make the place of a tenant that has FAILED. Already active: nothing happens.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantSlugConflictException if another tenant has its slug by now
     * @throws dev.lexigram.tenancy.tenant.TenantProvisioningException if it failed again
     */
    Tenant retryProvisioning(TenantId id);

    /** Deletes a tenant with the configured policy. */
    Tenant deleteTenant(TenantId id);

    /**
     * Stops serving a tenant at once, and has it removed when its grace has ended; a failed one is removed at once. In
     * deletion with this policy already: nothing happens.
     *
     * @param policy what then happens to its data
     * @throws dev.lexigram.tenancy.tenant.TenantIsolationException if its strategy cannot do that; nothing was changed
     */
    Tenant deleteTenant(TenantId id, DeprovisionPolicy policy);

    /**
     * Takes a deletion back: the tenant is inactive, with everything it had.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantStateException if its removal has begun
     */
    Tenant cancelDeletion(TenantId id);

    /**
     * Removes a deleted tenant whose grace has ended; this also happens by itself. Already removed: the report of then.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantStateException if it is not deleted, its grace has not ended, or it is
     *     under a legal hold
     */
    EraseReport purge(TenantId id);

    /** Removes a deleted tenant without waiting for the end of its grace, for a reason that stands in the report. */
    EraseReport purgeBeforeGrace(TenantId id, String reason);

    /** What was found and removed, once a tenant is removed. */
    Optional<EraseReport> eraseReport(TenantId id);

    /**
     * Forbids that the tenant's data is removed until the hold is released, whatever its status.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantStateException if its removal has begun
     */
    void placeLegalHold(TenantId id, String reason);

    /** Ends a legal hold, if there is one. */
    void releaseLegalHold(TenantId id);
}
