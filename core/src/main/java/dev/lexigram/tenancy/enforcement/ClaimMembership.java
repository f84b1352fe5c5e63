package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.VerifiedClaims;
import dev.lexigram.tenancy.tenant.TenantId;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memberships as the caller's token lists them: a claim whose value is a list of tenant ids, as text or as integral
 * numbers. Anything else in the list, and any other kind of claim, makes nobody a member.
 *
 * <p>Slugs do not count: a slug may be given to another tenant while the token is still valid.
 */
public final class ClaimMembership implements TenantMembership {

    private final String claim;

    /** Reads the claim of this name. */
    public ClaimMembership(String claim) {
        this.claim = claim;
    }

    @Override
    public boolean isMember(TenantPrincipal principal, TenantId tenant) {
        return principal.claims().map(claims -> lists(claims, tenant.value())).orElse(false);
    }

    private boolean lists(VerifiedClaims claims, String id) {
        return claims.get(claim) instanceof List<?> listed && listed.stream().anyMatch(item -> names(item, id));
    }

    private static boolean names(@Nullable Object item, String id) {
        if (item instanceof Integer || item instanceof Long || item instanceof BigInteger) {
            return item.toString().equals(id);
        }
        return item instanceof String text && text.equals(id);
    }
}
