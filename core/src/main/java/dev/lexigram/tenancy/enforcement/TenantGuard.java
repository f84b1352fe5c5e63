package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantAccessDeniedException;
import dev.lexigram.tenancy.tenant.TenantInactiveException;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import dev.lexigram.tenancy.tenant.TenantSuspendedException;

/**
 * Lets work pass only under an active tenant. What {@link RequireTenant} declares, this enforces.
 *
 * <p>Looks at what is bound to the calling thread and at nothing else; safe for use by many threads.
 */
public final class TenantGuard {

    /**
     * The bound tenant, which is active.
     *
     * @throws TenantRequiredException if none is bound
     * @throws TenantSuspendedException if it is suspended
     * @throws TenantInactiveException if it is inactive
     * @throws TenantAccessDeniedException if it is not yet or no longer in use
     */
    public Tenant require() {
        var tenant = TenantContext.current().orElseThrow(() -> TenantRequiredException.of("This call"));
        return switch (tenant.status()) {
            case ACTIVE -> tenant;
            case SUSPENDED -> throw TenantSuspendedException.of(tenant);
            case INACTIVE -> throw TenantInactiveException.of(tenant);
            case PROVISIONING, FAILED, DELETING, DELETED -> throw TenantAccessDeniedException.refused();
        };
    }

    /**
     * The bound tenant, which is active and the one with this id or slug, byte for byte.
     *
     * @throws TenantAccessDeniedException if another tenant is bound
     */
    public Tenant require(String idOrSlug) {
        var tenant = require();
        if (tenant.id().value().equals(idOrSlug) || tenant.slug().value().equals(idOrSlug)) {
            return tenant;
        }
        throw TenantAccessDeniedException.refused();
    }
}
