package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Memberships kept in memory, by the principal's name: for tests, and for callers that are configured by hand.
 *
 * <p>Nobody is a member before a grant. Safe for use by many threads; granting and revoking may be repeated.
 */
public final class InMemoryMembership implements TenantMembership {

    private record Member(String principal, TenantId tenant) {}

    private final Set<Member> members = ConcurrentHashMap.newKeySet();

    /** Makes the principal of this name a member. */
    public void grant(String principal, TenantId tenant) {
        members.add(new Member(principal, tenant));
    }

    /** Ends the membership of the principal of this name. */
    public void revoke(String principal, TenantId tenant) {
        members.remove(new Member(principal, tenant));
    }

    @Override
    public boolean isMember(TenantPrincipal principal, TenantId tenant) {
        return members.contains(new Member(principal.name(), tenant));
    }
}
