package dev.lexigram.tenancy.resolution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Claims of a token whose signature, time and audience somebody has checked. Only a verifier makes one; the library
 * never decodes a raw token.
 */
public final class VerifiedClaims {

    private final Map<String, Object> values;

    private VerifiedClaims(Map<String, ?> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** To be called by the code that has verified these claims, and by nobody else. */
    public static VerifiedClaims of(Map<String, ?> verified) {
        return new VerifiedClaims(verified);
    }

    /** The claim's value, or null when it is missing or null. */
    public @Nullable Object get(String claim) {
        return values.get(claim);
    }

    /** Who issued the token: the claim {@code iss} (RFC 7519, section 4.1.1). */
    public Optional<String> issuer() {
        return values.get("iss") instanceof String issuer ? Optional.of(issuer) : Optional.empty();
    }

    /** Names the claims and never their values. */
    @Override
    public String toString() {
        return "VerifiedClaims" + values.keySet();
    }
}
