package dev.lexigram.tenancy.benchmarks.inprocess;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.enforcement.InMemoryMembership;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.VerifiedClaims;
import dev.lexigram.tenancy.tenant.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where calls name their tenant, and how the library is configured for it. Public because JMH wants it. */
public enum Source {
    /** A verified token, in the default configuration: every built-in source is asked. */
    DEFAULTS,
    /** A verified token, and no other source is asked. */
    TOKEN,
    /** A header, and no other source is asked; the caller's membership is. */
    HEADER;

    private static final String CLAIM = "tenant_id";
    private static final String CALLER = "alice";

    Call callOf(String reference) {
        return switch (this) {
            case DEFAULTS, TOKEN ->
                new Call(
                        null,
                        Optional.of(TenantPrincipal.of(
                                CALLER, VerifiedClaims.of(Map.of("sub", CALLER, "iss", "issuer", CLAIM, reference)))));
            case HEADER -> new Call(reference, Optional.of(TenantPrincipal.of(CALLER)));
        };
    }

    Tenancy tenancyOf(List<Tenant> tenants) {
        var members = new InMemoryMembership();
        tenants.forEach(tenant -> members.grant(CALLER, tenant.id()));
        return Tenancy.builder()
                .config(TenancyConfig.DEFAULTS.withResolution(resolution()))
                .store(Tenants.storeOf(tenants))
                .membership(members)
                .claimsVerified(true)
                .build();
    }

    /** How a hand-written filter reads the same. */
    @Nullable
    String read(HttpServletRequest request) {
        return switch (this) {
            case DEFAULTS, TOKEN ->
                (String) Call.principalOf(request)
                        .orElseThrow()
                        .claims()
                        .orElseThrow()
                        .get(CLAIM);
            case HEADER -> request.getHeader(Call.HEADER);
        };
    }

    private ResolutionConfig resolution() {
        return switch (this) {
            case DEFAULTS -> ResolutionConfig.DEFAULTS;
            case TOKEN -> ResolutionConfig.DEFAULTS.withResolvers("jwt_claim");
            case HEADER -> ResolutionConfig.DEFAULTS.withResolvers("header");
        };
    }
}
