package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.tenant.TenantAccessDeniedException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Knows who sent a request. A bean of this type takes the place of the one for Spring Security. Called by many threads
 * at once; if it throws, the request is refused.
 */
@FunctionalInterface
public interface TenantPrincipalSource {

    /**
     * The authenticated caller, or empty for an anonymous one; with claims only if their token was verified.
     *
     * @throws TenantAccessDeniedException if the request carries two callers who contradict each other
     */
    Optional<TenantPrincipal> principal(HttpServletRequest request);

    /** Whether callers can have verified claims; without them, {@code jwt_claim} can bind no tenant. */
    default boolean verifiesClaims() {
        return false;
    }
}
