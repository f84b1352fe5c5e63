package dev.lexigram.tenancy.resolution;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The resolvers of one library, each with the trust that was given to it. Filled while the library is assembled, by one
 * thread; a {@link CompositeResolver} takes what is in it at that moment.
 *
 * <p>The order, computed there once: verified first, then the lower priority, then the one registered first.
 */
public final class ResolverRegistry {

    private final List<RegisteredResolver> resolvers = new ArrayList<>();
    private final TrustedProxies proxies;

    /** An empty registry. */
    public ResolverRegistry() {
        this(TrustedProxies.of(List.of()));
    }

    private ResolverRegistry(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /**
     * The built-in resolvers that the configuration names, or all of them; those that lack a base domain or a pattern are
     * left out.
     *
     * @throws TenancyConfigurationException if a name is unknown or a value cannot be used
     */
    public static ResolverRegistry fromConfig(ResolutionConfig config) {
        var problems = ResolutionChecks.problems(config);
        if (!problems.isEmpty()) {
            throw TenancyConfigurationException.of(problems);
        }
        var trust = config.trust();
        var registry = new ResolverRegistry(TrustedProxies.of(trust.trustedProxies()));
        for (var name : config.resolvers().orElse(BuiltInResolvers.NAMES)) {
            var trusted = trust.trustedResolvers().contains(name) ? Trust.VERIFIED : Trust.SELECTOR;
            var direct = name.equals(HeaderTenantResolver.NAME) ? Trust.SELECTOR : trusted;
            BuiltInResolvers.create(name, config).ifPresent(resolver -> registry.add(resolver, direct, trusted));
        }
        return registry;
    }

    /**
     * What keeps a library from being assembled with this configuration, each problem saying what to write instead. More
     * than {@link #fromConfig} refuses: a built-in resolver that is named must have what it needs.
     */
    public static List<String> problems(ResolutionConfig config) {
        var problems = new ArrayList<>(ResolutionChecks.problems(config));
        problems.addAll(ResolutionChecks.incomplete(config));
        return List.copyOf(problems);
    }

    /**
     * Adds a resolver whose answers only select among the caller's memberships.
     *
     * @throws TenancyConfigurationException if its name is blank or taken
     */
    public void register(TenantResolver resolver) {
        register(resolver, Trust.SELECTOR);
    }

    /**
     * Adds a resolver that is trusted this far.
     *
     * @throws TenancyConfigurationException if its name is blank or taken
     */
    public void register(TenantResolver resolver, Trust trust) {
        add(resolver, trust, trust);
    }

    private void add(TenantResolver resolver, Trust direct, Trust proxied) {
        var name = resolver.name();
        if (name.isBlank()) {
            throw TenancyConfigurationException.of(
                    List.of("A resolver of " + resolver.getClass() + " has a blank name; give it a unique one"));
        }
        if (find(name).isPresent()) {
            throw TenancyConfigurationException.of(List.of("Two resolvers are named '" + name
                    + "'; rename yours, or leave the built-in one out of resolution.resolvers"));
        }
        resolvers.add(new RegisteredResolver(name, resolver.priority(), resolver, direct, proxied));
    }

    public int size() {
        return resolvers.size();
    }

    /** The names in the order in which the resolvers are asked for a call that no trusted proxy forwards. */
    public List<String> names() {
        return chain(false).stream().map(RegisteredResolver::name).toList();
    }

    public Optional<TenantResolver> find(String name) {
        return resolvers.stream()
                .filter(registered -> registered.name().equals(name))
                .map(RegisteredResolver::resolver)
                .findFirst();
    }

    TrustedProxies proxies() {
        return proxies;
    }

    List<RegisteredResolver> chain(boolean proxied) {
        return resolvers.stream().sorted(RegisteredResolver.order(proxied)).toList();
    }
}
