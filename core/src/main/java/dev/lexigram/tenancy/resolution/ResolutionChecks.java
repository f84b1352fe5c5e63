package dev.lexigram.tenancy.resolution;

import dev.lexigram.tenancy.tenant.Nearest;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What can be wrong with section {@code resolution} of the configuration; each problem says what to write instead. */
final class ResolutionChecks {

    private ResolutionChecks() {}

    static void require(Optional<String> problem) {
        problem.ifPresent(text -> {
            throw TenancyConfigurationException.of(List.of(text));
        });
    }

    /** Problems with which no registry can be made. */
    static List<String> problems(ResolutionConfig config) {
        var problems = new ArrayList<String>();
        config.resolvers().ifPresent(names -> checkNames(names, problems));
        HeaderTenantResolver.problem(config.headerName()).ifPresent(problems::add);
        ClaimPointer.problem(config.jwtClaimKey()).ifPresent(problems::add);
        config.pathPattern().flatMap(PathPattern::problem).ifPresent(problems::add);
        if (config.subdomain().pattern().isPresent()) {
            BaseDomain.problem(config.subdomain()).ifPresent(problems::add);
        }
        checkTrust(config.trust(), problems);
        return problems;
    }

    /** Built-in resolvers that are named and lack what they need; they would stay idle. */
    static List<String> incomplete(ResolutionConfig config) {
        var problems = new ArrayList<String>();
        var names = config.resolvers().orElse(List.of());
        if (names.contains(SubdomainTenantResolver.NAME)
                && config.subdomain().pattern().isEmpty()) {
            problems.add("resolution.resolvers names subdomain, which needs resolution.subdomain_pattern, such as"
                    + " example.com");
        }
        if (names.contains(PathTenantResolver.NAME) && config.pathPattern().isEmpty()) {
            problems.add("resolution.resolvers names path, which needs resolution.path_pattern, such as"
                    + " /tenants/{tenant_id}/");
        }
        return problems;
    }

    private static void checkNames(List<String> names, List<String> problems) {
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!BuiltInResolvers.NAMES.contains(name)) {
                problems.add("resolution.resolvers has '" + name + "', which is unknown; did you mean '"
                        + Nearest.of(name, BuiltInResolvers.NAMES) + "'? Known: "
                        + String.join(", ", BuiltInResolvers.NAMES));
            } else if (!seen.add(name)) {
                problems.add("resolution.resolvers names " + name + " twice; name it once");
            }
        }
    }

    private static void checkTrust(TrustConfig trust, List<String> problems) {
        for (var range : trust.trustedProxies()) {
            TrustedProxies.problem(range).ifPresent(problems::add);
        }
        for (var name : trust.trustedResolvers()) {
            trustProblem(name, trust).ifPresent(problems::add);
        }
        trust.issuers().forEach((issuer, tenants) -> {
            if (!tenants.stream().allMatch(References::isReference)) {
                problems.add("resolution.issuers lets '" + issuer
                        + "' name something that is no tenant; list ids or slugs" + " in the form " + References.FORM);
            }
        });
    }

    private static Optional<String> trustProblem(String name, TrustConfig trust) {
        return switch (name) {
            case JwtClaimTenantResolver.NAME -> Optional.empty();
            case HeaderTenantResolver.NAME ->
                trust.trustedProxies().isEmpty()
                        ? Optional.of("resolution.trusted_resolvers has header, which any client can send; list the"
                                + " proxies that set it in resolution.trusted_proxies, or remove it")
                        : Optional.empty();
            default ->
                Optional.of("resolution.trusted_resolvers has '" + name + "', which cannot be trusted by"
                        + " configuration; it accepts jwt_claim, and header together with resolution.trusted_proxies."
                        + " A resolver of your own is trusted where it is registered");
        };
    }
}
