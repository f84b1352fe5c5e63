package dev.lexigram.tenancy.enforcement;

import java.time.Duration;

/**
 * Where memberships come from: section {@code membership} of the configuration. Immutable.
 *
 * @param source who is asked
 * @param claim the claim that lists the caller's tenants, for {@link MembershipSource#CLAIM}
 * @param cacheTtl how long an answer is remembered; zero for not at all
 * @param cacheSize how many answers are remembered
 */
public record MembershipConfig(MembershipSource source, String claim, Duration cacheTtl, int cacheSize) {

    public static final MembershipConfig DEFAULTS =
            new MembershipConfig(MembershipSource.NONE, "tenants", Duration.ofSeconds(30), 10_000);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public MembershipConfig {
        if (cacheTtl.isNegative()) {
            throw new IllegalArgumentException("cacheTtl must not be negative but is " + cacheTtl);
        }
        if (cacheSize < 0) {
            throw new IllegalArgumentException("cacheSize must not be negative but is " + cacheSize);
        }
    }

    public MembershipConfig withSource(MembershipSource source) {
        return new MembershipConfig(source, claim, cacheTtl, cacheSize);
    }

    public MembershipConfig withClaim(String claim) {
        return new MembershipConfig(source, claim, cacheTtl, cacheSize);
    }

    public MembershipConfig withCacheTtl(Duration cacheTtl) {
        return new MembershipConfig(source, claim, cacheTtl, cacheSize);
    }

    public MembershipConfig withCacheSize(int cacheSize) {
        return new MembershipConfig(source, claim, cacheTtl, cacheSize);
    }
}
