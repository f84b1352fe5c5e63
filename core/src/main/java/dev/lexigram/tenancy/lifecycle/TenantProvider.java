package dev.lexigram.tenancy.lifecycle;

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

    /** Serves a suspended or inactive tenant again. Already active: nothing happens. */
    Tenant activateTenant(TenantId id);

    /** Stops serving a tenant; everything is kept. Already inactive: nothing happens. */
    Tenant deactivateTenant(TenantId id);

    /** Stops serving an active tenant for a reason; everything is kept. */
    Tenant suspendTenant(TenantId id, String reason);
}
