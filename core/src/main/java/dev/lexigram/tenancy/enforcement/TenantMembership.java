package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.tenant.TenantId;

/**
 * Says who belongs to which tenant. Asked whenever the tenant was chosen by the client and not proved by a token.
 *
 * <p>Called by many threads at once. If it throws, the call is refused. It may be asked for an id that no tenant has:
 * then the call is refused whatever it says, at the same cost as for a tenant that exists.
 */
@FunctionalInterface
public interface TenantMembership {

    boolean isMember(TenantPrincipal principal, TenantId tenant);
}
