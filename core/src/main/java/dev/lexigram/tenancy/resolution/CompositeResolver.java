package dev.lexigram.tenancy.resolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the resolvers of a registry in their order. Immutable, for any number of threads; resolvers registered later are
 * not asked.
 *
 * <p>A resolver that throws ends the chain: both methods raise {@code TenantUnavailableException}, which names it, and
 * no further resolver is believed in its place.
 */
public final class CompositeResolver {

    private final List<RegisteredResolver> direct;
    private final List<RegisteredResolver> proxied;
    private final boolean dependsOnPeer;
    private final TrustedProxies proxies;

    public CompositeResolver(ResolverRegistry registry) {
        this.direct = registry.chain(false);
        this.proxied = registry.chain(true);
        this.dependsOnPeer = direct.stream().anyMatch(RegisteredResolver::dependsOnPeer);
        this.proxies = registry.proxies();
    }

    /** The first answer that is not Absent; resolvers after it are not called. */
    public Optional<SourcedResolution> resolve(TenantResolutionContext context) {
        var isProxied = isProxied(context);
        for (var registered : isProxied ? proxied : direct) {
            var resolution = registered.resolve(context);
            if (!(resolution instanceof Resolution.Absent)) {
                return Optional.of(sourced(registered, isProxied, resolution));
            }
        }
        return Optional.empty();
    }

    /** Every answer that is not Absent, in the order of the chain. All resolvers are called. */
    public List<SourcedResolution> resolveAll(TenantResolutionContext context) {
        var isProxied = isProxied(context);
        var answers = List.<SourcedResolution>of();
        for (var registered : isProxied ? proxied : direct) {
            var resolution = registered.resolve(context);
            if (!(resolution instanceof Resolution.Absent)) {
                answers = plus(answers, sourced(registered, isProxied, resolution));
            }
        }
        return answers;
    }

    /** The request headers on which an answer of any of the resolvers depends. */
    public Set<String> requestHeaders() {
        return Stream.of(direct, proxied)
                .flatMap(List::stream)
                .flatMap(registered -> registered.requestHeaders().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isProxied(TenantResolutionContext context) {
        return dependsOnPeer && proxies.contains(context.peer());
    }

    private static SourcedResolution sourced(RegisteredResolver registered, boolean isProxied, Resolution resolution) {
        return new SourcedResolution(registered.name(), registered.trust(isProxied), resolution);
    }

    /** Nearly every call has one answer: it costs one small list. */
    private static List<SourcedResolution> plus(List<SourcedResolution> answers, SourcedResolution answer) {
        if (answers.isEmpty()) {
            return List.of(answer);
        }
        var more = new ArrayList<>(answers);
        more.add(answer);
        return List.copyOf(more);
    }
}
