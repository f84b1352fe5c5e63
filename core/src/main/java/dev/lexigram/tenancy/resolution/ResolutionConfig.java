package dev.lexigram.tenancy.resolution;

import java.util.List;
import java.util.Optional;

/**
 * How the tenant of a call is found: section {@code resolution} of the configuration. Immutable.
 *
 * <p>Values that contradict each other are found when the library is assembled, all in one message.
 *
 * @param resolvers names of the built-in resolvers to use; empty for all four, of which incomplete ones stay idle
 * @param headerName the header that names a tenant
 * @param jwtClaimKey the claim that names a tenant; beginning with a slash it is a JSON pointer (RFC 6901)
 * @param pathPattern the beginning of a path, with one segment for the tenant
 * @param subdomain how a host name is read
 * @param trust which sources are believed
 * @param routes which routes need a tenant
 * @param cache how long tenants that were looked up are remembered
 */
public record ResolutionConfig(
        Optional<List<String>> resolvers,
        String headerName,
        String jwtClaimKey,
        Optional<String> pathPattern,
        SubdomainConfig subdomain,
        TrustConfig trust,
        RouteConfig routes,
        ValidatorCacheConfig cache) {

    public static final ResolutionConfig DEFAULTS = new ResolutionConfig(
            Optional.empty(),
            "x-tenant-id",
            "tenant_id",
            Optional.of("/tenants/{tenant_id}/"),
            SubdomainConfig.DEFAULTS,
            TrustConfig.DEFAULTS,
            RouteConfig.DEFAULTS,
            ValidatorCacheConfig.DEFAULTS);

    public ResolutionConfig {
        resolvers = resolvers.map(List::copyOf);
    }

    public ResolutionConfig withResolvers(String... resolvers) {
        return new ResolutionConfig(
                Optional.of(List.of(resolvers)), headerName, jwtClaimKey, pathPattern, subdomain, trust, routes, cache);
    }

    public ResolutionConfig withHeaderName(String headerName) {
        return new ResolutionConfig(resolvers, headerName, jwtClaimKey, pathPattern, subdomain, trust, routes, cache);
    }

    public ResolutionConfig withJwtClaimKey(String jwtClaimKey) {
        return new ResolutionConfig(resolvers, headerName, jwtClaimKey, pathPattern, subdomain, trust, routes, cache);
    }

    public ResolutionConfig withPathPattern(String pathPattern) {
        return new ResolutionConfig(
                resolvers, headerName, jwtClaimKey, Optional.of(pathPattern), subdomain, trust, routes, cache);
    }

    public ResolutionConfig withSubdomain(SubdomainConfig subdomain) {
        return new ResolutionConfig(resolvers, headerName, jwtClaimKey, pathPattern, subdomain, trust, routes, cache);
    }

    public ResolutionConfig withTrust(TrustConfig trust) {
        return new ResolutionConfig(resolvers, headerName, jwtClaimKey, pathPattern, subdomain, trust, routes, cache);
    }

    public ResolutionConfig withRoutes(RouteConfig routes) {
        return new ResolutionConfig(resolvers, headerName, jwtClaimKey, pathPattern, subdomain, trust, routes, cache);
    }

    public ResolutionConfig withCache(ValidatorCacheConfig cache) {
        return new ResolutionConfig(resolvers, headerName, jwtClaimKey, pathPattern, subdomain, trust, routes, cache);
    }

    public ResolutionConfig withSubdomainPattern(String baseDomain) {
        return withSubdomain(subdomain.withPattern(baseDomain));
    }

    public ResolutionConfig withStrictMembership(boolean strict) {
        return withTrust(trust.withStrictMembership(strict));
    }

    public ResolutionConfig withOnConflict(ConflictRule rule) {
        return withTrust(trust.withOnConflict(rule));
    }

    public ResolutionConfig withTrustedProxies(String... ranges) {
        return withTrust(trust.withTrustedProxies(ranges));
    }

    public ResolutionConfig withRequire(RequireMode require) {
        return withRoutes(routes.withRequire(require));
    }

    public ResolutionConfig withPublicPaths(String... prefixes) {
        return withRoutes(routes.withPublicPaths(prefixes));
    }
}
