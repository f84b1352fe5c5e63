package dev.lexigram.tenancy.resolution;

import java.util.Optional;

/** The authenticated caller: its name, and the claims of its token where there was one. */
public record TenantPrincipal(String name, Optional<VerifiedClaims> claims) {

    /** A caller who was authenticated without a token, as by a session or a client certificate. */
    public static TenantPrincipal of(String name) {
        return new TenantPrincipal(name, Optional.empty());
    }

    /** A caller who was authenticated by a token. */
    public static TenantPrincipal of(String name, VerifiedClaims claims) {
        return new TenantPrincipal(name, Optional.of(claims));
    }
}
