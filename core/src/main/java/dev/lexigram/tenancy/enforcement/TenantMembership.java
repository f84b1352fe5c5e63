package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.tenant.TenantId;

/**
 * Says who belongs to which tenant. Asked whenever the tenant was chosen by the client and not proved by a token.
 *
 * <p>Called by many threads at once. If it throws, the call is refused.
 */
@FunctionalInterface
public interface TenantMembership {

    boolean isMember(TenantPrincipal principal, TenantId tenant);
}
