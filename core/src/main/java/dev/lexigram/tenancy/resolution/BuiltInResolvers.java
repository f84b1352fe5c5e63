package dev.lexigram.tenancy.resolution;

import java.util.List;
import java.util.Optional;

/** The resolvers that come with the library, by name. */
final class BuiltInResolvers {

    /** In the order in which they are asked. */
    static final List<String> NAMES = List.of(
            JwtClaimTenantResolver.NAME,
            HeaderTenantResolver.NAME,
            SubdomainTenantResolver.NAME,
            PathTenantResolver.NAME);

    private BuiltInResolvers() {}

    /** The resolver of this known name, or empty where the configuration lacks what it needs. */
    static Optional<TenantResolver> create(String name, ResolutionConfig config) {
        var subdomain = config.subdomain();
        return switch (name) {
            case JwtClaimTenantResolver.NAME ->
                Optional.of(new JwtClaimTenantResolver(
                        config.jwtClaimKey(), config.trust().issuers()));
            case HeaderTenantResolver.NAME -> Optional.of(new HeaderTenantResolver(config.headerName()));
            case SubdomainTenantResolver.NAME ->
                subdomain.pattern().map(base -> new SubdomainTenantResolver(subdomain, config.trust()));
            case PathTenantResolver.NAME -> config.pathPattern().map(PathTenantResolver::new);
            default -> throw new IllegalArgumentException("No built-in resolver has the name '" + name + "'");
        };
    }
}
