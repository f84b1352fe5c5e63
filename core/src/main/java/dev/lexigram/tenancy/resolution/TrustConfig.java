package dev.lexigram.tenancy.resolution;

import java.util.List;
import java.util.Map;

/**
 * Which sources are believed, and by whom a call may be forwarded. Immutable.
 *
 * @param trustedResolvers built-in resolvers whose answer is authority
 * @param strictMembership whether a tenant that the client chose is bound for its members only
 * @param onConflict what happens when sources lead to different tenants
 * @param issuers token issuers and the tenants that each may name; empty for no such rule
 * @param trustedProxies address ranges (CIDR) whose forwarding headers count
 * @param forwardedHops how many trusted proxies stand in front: 1 to 8
 */
public record TrustConfig(
        List<String> trustedResolvers,
        boolean strictMembership,
        ConflictRule onConflict,
        Map<String, List<String>> issuers,
        List<String> trustedProxies,
        int forwardedHops) {

    public static final TrustConfig DEFAULTS =
            new TrustConfig(List.of("jwt_claim"), true, ConflictRule.REJECT, Map.of(), List.of(), 1);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public TrustConfig {
        trustedResolvers = List.copyOf(trustedResolvers);
        issuers = Map.copyOf(issuers);
        trustedProxies = List.copyOf(trustedProxies);
        if (forwardedHops < 1 || forwardedHops > 8) {
            throw new IllegalArgumentException("forwarded_hops must be 1 to 8 but is " + forwardedHops);
        }
    }

    public TrustConfig withTrustedResolvers(String... trustedResolvers) {
        return new TrustConfig(
                List.of(trustedResolvers), strictMembership, onConflict, issuers, trustedProxies, forwardedHops);
    }

    public TrustConfig withStrictMembership(boolean strictMembership) {
        return new TrustConfig(trustedResolvers, strictMembership, onConflict, issuers, trustedProxies, forwardedHops);
    }

    public TrustConfig withOnConflict(ConflictRule onConflict) {
        return new TrustConfig(trustedResolvers, strictMembership, onConflict, issuers, trustedProxies, forwardedHops);
    }

    public TrustConfig withIssuers(Map<String, List<String>> issuers) {
        return new TrustConfig(trustedResolvers, strictMembership, onConflict, issuers, trustedProxies, forwardedHops);
    }

    public TrustConfig withTrustedProxies(String... trustedProxies) {
        return new TrustConfig(
                trustedResolvers, strictMembership, onConflict, issuers, List.of(trustedProxies), forwardedHops);
    }

    public TrustConfig withForwardedHops(int forwardedHops) {
        return new TrustConfig(trustedResolvers, strictMembership, onConflict, issuers, trustedProxies, forwardedHops);
    }
}
