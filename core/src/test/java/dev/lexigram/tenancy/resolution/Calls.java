package dev.lexigram.tenancy.resolution;

import java.util.HashMap;
import java.util.Map;

/** Calls as a resolver sees them. */
final class Calls {

    static final String MEGABYTE = "a".repeat(1_000_000);

    private Calls() {}

    static TenantResolutionContext withHeader(String... values) {
        var call = TenantResolutionContext.builder();
        for (var value : values) {
            call.header("X-Tenant-ID", value);
        }
        return call.build();
    }

    static TenantResolutionContext withHost(String host) {
        return TenantResolutionContext.builder().host(host).build();
    }

    static TenantResolutionContext withPath(String path) {
        return TenantResolutionContext.builder().rawPath(path).build();
    }

    static TenantResolutionContext withClaims(Map<String, ?> claims) {
        return TenantResolutionContext.builder()
                .principal(TenantPrincipal.of("user", VerifiedClaims.of(claims)))
                .build();
    }

    /** A token whose claim {@code tenant_id} has this value, null included. */
    static TenantResolutionContext withClaim(Object value) {
        var claims = new HashMap<String, Object>();
        claims.put("tenant_id", value);
        return withClaims(claims);
    }

    static Resolution resolved(String reference) {
        return new Resolution.Resolved(reference);
    }
}
