package dev.lexigram.tenancy;

import static dev.lexigram.tenancy.ListTypes.listOf;

import dev.lexigram.tenancy.Setting.Section;
import dev.lexigram.tenancy.resolution.ConflictRule;
import dev.lexigram.tenancy.resolution.RequireMode;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.RouteConfig;
import dev.lexigram.tenancy.resolution.SubdomainConfig;
import dev.lexigram.tenancy.resolution.TrustConfig;
import dev.lexigram.tenancy.resolution.ValidatorCacheConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of section {@code resolution}. */
final class ResolutionSettings {

    private static final String NAME = "resolution";

    private static final Section<ResolutionConfig> WHOLE =
            new Section<>(NAME, TenancyConfig::resolution, TenancyConfig::withResolution);
    private static final Section<SubdomainConfig> SUBDOMAIN = new Section<>(
            NAME,
            config -> config.resolution().subdomain(),
            (config, subdomain) -> config.withResolution(config.resolution().withSubdomain(subdomain)));
    private static final Section<TrustConfig> TRUST = new Section<>(
            NAME,
            config -> config.resolution().trust(),
            (config, trust) -> config.withResolution(config.resolution().withTrust(trust)));
    private static final Section<RouteConfig> ROUTES = new Section<>(
            NAME,
            config -> config.resolution().routes(),
            (config, routes) -> config.withResolution(config.resolution().withRoutes(routes)));
    private static final Section<ValidatorCacheConfig> CACHE = new Section<>(
            NAME,
            config -> config.resolution().cache(),
            (config, cache) -> config.withResolution(config.resolution().withCache(cache)));

    private static final ValueType<String> CLAIM =
            ValueType.text("the name of a claim (1 to 128 characters), or a JSON pointer to it", Forms.CLAIM);
    private static final ValueType<List<String>> PATHS = listOf("a path that starts with /", Forms.PATH);
    private static final ValueType<Integer> SIZE = ValueType.wholeNumber(0, Integer.MAX_VALUE);

    static final List<Setting<?>> ALL = List.of(
            WHOLE.setting(
                    "resolvers",
                    listOf(
                                    "one of jwt_claim, header, subdomain, path",
                                    Pattern.compile("jwt_claim|header|subdomain|path"))
                            .orNone(),
                    ResolutionConfig::resolvers,
                    ResolutionSettings::withResolvers,
                    "Built-in resolvers to use; unset for all, of which incomplete ones stay idle."),
            WHOLE.setting(
                    "header_name",
                    ValueType.text("the name of a header (1 to 128 characters)", Forms.TOKEN),
                    ResolutionConfig::headerName,
                    ResolutionConfig::withHeaderName,
                    "The header that names a tenant."),
            WHOLE.setting(
                    "jwt_claim_key",
                    CLAIM,
                    ResolutionConfig::jwtClaimKey,
                    ResolutionConfig::withJwtClaimKey,
                    "The claim that names a tenant; beginning with a slash it is a JSON pointer."),
            SUBDOMAIN.setting(
                    "subdomain_pattern",
                    ValueType.text("a domain such as app.example.com", Forms.DOMAIN)
                            .orNone(),
                    SubdomainConfig::pattern,
                    (it, domain) -> new SubdomainConfig(domain, it.maxLabels(), it.reserved(), it.idn()),
                    "The domain below which a label names a tenant; unset for no resolver by subdomain."),
            SUBDOMAIN.setting(
                    "subdomain_max_labels",
                    ValueType.wholeNumber(1, 4),
                    SubdomainConfig::maxLabels,
                    SubdomainConfig::withMaxLabels,
                    "How many labels below the domain make a reference."),
            SUBDOMAIN.setting(
                    "subdomain_reserved",
                    listOf("a label", Forms.LABEL),
                    SubdomainConfig::reserved,
                    (it, labels) -> it.withReserved(labels.toArray(String[]::new)),
                    "Labels that name no tenant."),
            SUBDOMAIN.setting(
                    "subdomain_idn",
                    ValueType.bool(),
                    SubdomainConfig::idn,
                    SubdomainConfig::withIdn,
                    "Whether internationalised labels are accepted."),
            WHOLE.setting(
                    "path_pattern",
                    ValueType.text("a path such as /tenants/{tenant_id}/", Forms.PATH)
                            .orNone(),
                    ResolutionConfig::pathPattern,
                    ResolutionSettings::withPathPattern,
                    "The beginning of a path, with one segment for the tenant; nothing for no resolver by path."),
            TRUST.setting(
                    "trusted_resolvers",
                    listOf("one of jwt_claim, header", Pattern.compile("jwt_claim|header")),
                    TrustConfig::trustedResolvers,
                    (it, names) -> it.withTrustedResolvers(names.toArray(String[]::new)),
                    "Built-in resolvers whose answer is authority; header only with trusted_proxies."),
            TRUST.setting(
                    "strict_membership",
                    ValueType.bool(),
                    TrustConfig::strictMembership,
                    TrustConfig::withStrictMembership,
                    "Whether a tenant that the client chose is bound for its members only."),
            TRUST.setting(
                    "on_conflict",
                    ValueType.oneOf(List.of(ConflictRule.values())),
                    TrustConfig::onConflict,
                    TrustConfig::withOnConflict,
                    "What happens when the sources of a call lead to different tenants."),
            TRUST.setting(
                    "issuers",
                    ListTypes.listsByName(
                            "a section that gives each issuer the list of its tenants", Forms.LINE, Forms.REFERENCE),
                    TrustConfig::issuers,
                    TrustConfig::withIssuers,
                    "Token issuers and the tenants that each may name; empty for no such rule."),
            TRUST.setting(
                    "trusted_proxies",
                    listOf("an address range such as 10.0.0.0/8", Forms.RANGE),
                    TrustConfig::trustedProxies,
                    (it, ranges) -> it.withTrustedProxies(ranges.toArray(String[]::new)),
                    "Address ranges whose forwarding headers count."),
            TRUST.setting(
                    "forwarded_hops",
                    ValueType.wholeNumber(1, 8),
                    TrustConfig::forwardedHops,
                    TrustConfig::withForwardedHops,
                    "How many trusted proxies stand in front."),
            ROUTES.setting(
                    "require",
                    ValueType.oneOf(List.of(RequireMode.values())),
                    RouteConfig::require,
                    RouteConfig::withRequire,
                    "Whether routes without an annotation need a tenant."),
            ROUTES.setting(
                    "ignore_paths",
                    PATHS,
                    RouteConfig::ignorePaths,
                    (it, paths) -> it.withIgnorePaths(paths.toArray(String[]::new)),
                    "Path prefixes that never need a tenant."),
            ROUTES.setting(
                    "public_paths",
                    PATHS,
                    RouteConfig::publicPaths,
                    (it, paths) -> it.withPublicPaths(paths.toArray(String[]::new)),
                    "Path prefixes on which anonymous callers may choose a tenant."),
            CACHE.setting(
                    "validator_cache_ttl",
                    ValueType.duration(Duration.ZERO),
                    ValidatorCacheConfig::ttl,
                    ValidatorCacheConfig::withTtl,
                    "How long a known tenant is remembered; 0 for not at all."),
            CACHE.setting(
                    "validator_cache_size",
                    SIZE,
                    ValidatorCacheConfig::size,
                    ValidatorCacheConfig::withSize,
                    "How many references are remembered; 0 for none."),
            CACHE.setting(
                    "negative_ttl",
                    ValueType.duration(Duration.ZERO),
                    ValidatorCacheConfig::negativeTtl,
                    ValidatorCacheConfig::withNegativeTtl,
                    "How long an unknown reference is remembered; 0 for not at all."),
            CACHE.setting(
                    "max_staleness",
                    ValueType.duration(Duration.ofSeconds(1)),
                    ValidatorCacheConfig::maxStaleness,
                    ValidatorCacheConfig::withMaxStaleness,
                    "How old a remembered tenant may be while nobody announces changes."));

    private ResolutionSettings() {}

    private static ResolutionConfig withResolvers(ResolutionConfig it, Optional<List<String>> names) {
        return new ResolutionConfig(
                names,
                it.headerName(),
                it.jwtClaimKey(),
                it.pathPattern(),
                it.subdomain(),
                it.trust(),
                it.routes(),
                it.cache());
    }

    private static ResolutionConfig withPathPattern(ResolutionConfig it, Optional<String> pattern) {
        return new ResolutionConfig(
                it.resolvers(),
                it.headerName(),
                it.jwtClaimKey(),
                pattern,
                it.subdomain(),
                it.trust(),
                it.routes(),
                it.cache());
    }
}
