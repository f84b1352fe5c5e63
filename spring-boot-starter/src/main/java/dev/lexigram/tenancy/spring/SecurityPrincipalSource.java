package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.VerifiedClaims;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;

/** Whom Spring Security has authenticated; with the claims of the token, where that was a JWT which it has verified. */
final class SecurityPrincipalSource implements TenantPrincipalSource {

    @Override
    public Optional<TenantPrincipal> principal(HttpServletRequest request) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null
                || !authentication.isAuthenticated()
                || authentication instanceof AnonymousAuthenticationToken
                || authentication.getName() == null
                || authentication.getName().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(principal(authentication));
    }

    @Override
    public boolean verifiesClaims() {
        return true;
    }

    private static TenantPrincipal principal(Authentication authentication) {
        return authentication.getPrincipal() instanceof Jwt token
                ? TenantPrincipal.of(authentication.getName(), VerifiedClaims.of(token.getClaims()))
                : TenantPrincipal.of(authentication.getName());
    }
}
