package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.resolution.JwtClaimTenantResolver;
import dev.lexigram.tenancy.resolution.Resolution;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.resolution.VerifiedClaims;
import dev.lexigram.tenancy.tenant.TenantAccessDeniedException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Whom Spring Security has authenticated; with the claims of the token, where that was a JWT which it has verified. A
 * request whose token names one tenant and whose session belongs to another is refused: Spring Security takes the token
 * and says nothing.
 */
final class SecurityPrincipalSource implements TenantPrincipalSource {

    private final JwtClaimTenantResolver claim;

    SecurityPrincipalSource(ResolutionConfig config) {
        this.claim = new JwtClaimTenantResolver(config.jwtClaimKey());
    }

    @Override
    public Optional<TenantPrincipal> principal(HttpServletRequest request) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !isSomebody(authentication)) {
            return Optional.empty();
        }
        var session = ofSession(request);
        if (session != null && !session.equals(authentication)) {
            refuseIfTheyDiffer(tenantOf(authentication), tenantOf(session));
        }
        return Optional.of(principal(authentication));
    }

    @Override
    public boolean verifiesClaims() {
        return true;
    }

    private static boolean isSomebody(Authentication authentication) {
        return authentication.isAuthenticated()
                && !(authentication instanceof AnonymousAuthenticationToken)
                && authentication.getName() != null
                && !authentication.getName().isBlank();
    }

    private static @Nullable Authentication ofSession(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null
                        && session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                                instanceof SecurityContext context
                ? context.getAuthentication()
                : null;
    }

    private static void refuseIfTheyDiffer(Resolution token, Resolution session) {
        var bothSpeak = !(token instanceof Resolution.Absent) && !(session instanceof Resolution.Absent);
        if (bothSpeak && !token.equals(session)) {
            throw TenantAccessDeniedException.refused();
        }
    }

    private Resolution tenantOf(Authentication authentication) {
        if (!(authentication.getPrincipal() instanceof ClaimAccessor token)) {
            return Resolution.absent();
        }
        var caller = TenantPrincipal.of(authentication.getName(), VerifiedClaims.of(token.getClaims()));
        return claim.resolve(TenantResolutionContext.builder().principal(caller).build());
    }

    private static TenantPrincipal principal(Authentication authentication) {
        return authentication.getPrincipal() instanceof Jwt token
                ? TenantPrincipal.of(authentication.getName(), VerifiedClaims.of(token.getClaims()))
                : TenantPrincipal.of(authentication.getName());
    }
}
