package dev.lexigram.tenancy.resolution;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the tenant from a claim of the caller's verified token, {@code tenant_id} by default.
 *
 * <p>Text and integral numbers name a tenant. Null, blank text, 0, false and an empty list say nothing; any other type
 * is rejected, never converted. Where issuers are listed, each may name its own tenants only.
 */
public final class JwtClaimTenantResolver implements TenantResolver {

    static final String NAME = "jwt_claim";

    private static final Logger log = LoggerFactory.getLogger(JwtClaimTenantResolver.class);
    private static final int MAX_NUMBER_BITS = 256;

    private final String key;
    private final ClaimPointer pointer;
    private final Map<String, Set<String>> issuers;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** Reads the default claim, of any issuer. */
    public JwtClaimTenantResolver() {
        this(ResolutionConfig.DEFAULTS.jwtClaimKey());
    }

    /** Reads this claim, of any issuer. */
    public JwtClaimTenantResolver(String key) {
        this(key, Map.of());
    }

    /**
     * Reads this claim.
     *
     * @param key the name of a claim or, beginning with a slash, a JSON pointer (RFC 6901)
     * @param issuers who may name which tenants, compared byte for byte; empty for no such rule
     * @throws TenancyConfigurationException if the key is neither
     */
    public JwtClaimTenantResolver(String key, Map<String, List<String>> issuers) {
        ResolutionChecks.require(ClaimPointer.problem(key));
        this.key = key;
        this.pointer = ClaimPointer.of(key);
        this.issuers = copyOf(issuers);
    }

    private static Map<String, Set<String>> copyOf(Map<String, List<String>> issuers) {
        var copy = new HashMap<String, Set<String>>();
        issuers.forEach((issuer, tenants) -> copy.put(issuer, Set.copyOf(tenants)));
        return Map.copyOf(copy);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return 10;
    }

    /** Where tokens come from, if not from a cookie. */
    @Override
    public Set<String> requestHeaders() {
        return Set.of("authorization");
    }

    @Override
    public Resolution resolve(TenantResolutionContext context) {
        var claims = context.principal().flatMap(TenantPrincipal::claims).orElse(null);
        if (claims == null) {
            return Resolution.absent();
        }
        var resolution = read(pointer.in(claims));
        return resolution instanceof Resolution.Resolved resolved && !mayName(claims, resolved.reference())
                ? Resolution.rejected("issuer")
                : resolution;
    }

    private Resolution read(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length() > References.MAX_RAW_LENGTH
                    ? Resolution.rejected("malformed")
                    : Resolution.resolved(References.trimmed(text));
        }
        if (isNothing(value)) {
            return Resolution.absent();
        }
        var number = integral(value);
        if (number != null) {
            return number.bitLength() > MAX_NUMBER_BITS
                    ? Resolution.rejected("malformed")
                    : Resolution.resolved(number.toString());
        }
        warnOnce();
        return Resolution.rejected("claim_type");
    }

    /** Values by which an issuer says that there is no tenant. */
    static boolean isNothing(@Nullable Object value) {
        return value == null
                || Boolean.FALSE.equals(value)
                || (value instanceof String text && text.length() <= References.MAX_RAW_LENGTH && text.isBlank())
                || (value instanceof Collection<?> collection && collection.isEmpty())
                || BigInteger.ZERO.equals(integral(value));
    }

    private static @Nullable BigInteger integral(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return BigInteger.valueOf(((Number) value).longValue());
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.scale() == 0 ? decimal.unscaledValue() : null;
        }
        return value instanceof BigInteger number ? number : null;
    }

    private boolean mayName(VerifiedClaims claims, String reference) {
        if (issuers.isEmpty()) {
            return true;
        }
        var issuer = claims.issuer().orElse(null);
        return issuer != null && issuers.getOrDefault(issuer, Set.of()).contains(reference);
    }

    private void warnOnce() {
        if (warned.compareAndSet(false, true)) {
            log.warn(
                    "Claim '{}' of a verified token is neither text nor an integral number, so the call was refused;"
                            + " have the issuer send text, or name another claim in resolution.jwt_claim_key."
                            + " Further such tokens are refused without a word here.",
                    key);
        }
    }
}
