package dev.lexigram.tenancy;

import dev.lexigram.tenancy.TenancyBuilder.CustomResolver;
import dev.lexigram.tenancy.cache.BusType;
import dev.lexigram.tenancy.cache.InvalidationBus;
import dev.lexigram.tenancy.cache.InvalidationSource;
import dev.lexigram.tenancy.enforcement.CachedMembership;
import dev.lexigram.tenancy.enforcement.ClaimMembership;
import dev.lexigram.tenancy.enforcement.InMemoryMembership;
import dev.lexigram.tenancy.enforcement.TenantAdmission;
import dev.lexigram.tenancy.enforcement.TenantGuard;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.enforcement.TenantValidator;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.isolation.TenantProvisioner;
import dev.lexigram.tenancy.lifecycle.LifecycleMaintenance;
import dev.lexigram.tenancy.lifecycle.LifecycleParts;
import dev.lexigram.tenancy.lifecycle.OutboxRelay;
import dev.lexigram.tenancy.lifecycle.TenantEventListener;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.lifecycle.TenantResource;
import dev.lexigram.tenancy.overrides.TenantConfigService;
import dev.lexigram.tenancy.resolution.CompositeResolver;
import dev.lexigram.tenancy.resolution.ResolverRegistry;
import dev.lexigram.tenancy.resolution.Trust;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what a builder was given, and gathers everything that contradicts. Used once. */
final class Assembly {

    private final TenancyBuilder given;
    private final TenancyConfig config;
    private final Problems problems = new Problems();
    private final Changes changes = new Changes();

    Assembly(TenancyBuilder given) {
        this.given = given;
        this.config = given.config;
    }

    /** @throws TenancyConfigurationException naming every problem */
    Tenancy tenancy() {
        checkSwitches();
        var store = store();
        var registry = resolvers();
        var membership = membership();
        checkAdmission(registry, membership.isPresent());
        given.resolvers.forEach(custom -> register(custom, registry));
        var strategies = strategies();
        var resolver = new CompositeResolver(registry);
        var validator = new TenantValidator(store, config.resolution().cache(), changes);
        var configs = configs(store);
        var relay = relay(store);
        var hooks = new TenantHooks(listener -> add(listener, relay));
        var admission = admission(resolver, validator, membership, hooks);
        problems.raiseIfAny();
        var news = new News(store, validator, membership, configs, relay, changes);
        bus(store).ifPresent(bus -> changes.hear(bus, news::heard)); // from here on something runs
        given.listeners.forEach(listener -> add(listener, relay));
        var tenants = lifecycle(store, strategies, news, hooks);
        return new Tenancy(new TenancyParts(
                config,
                tenants,
                configs,
                resolver,
                validator,
                admission.orElseThrow(),
                new TenantGuard(),
                provisioner(strategies),
                strategies,
                Optional.ofNullable(given.dataSource),
                changes.bus(),
                relay,
                hooks,
                owned(changes.bus(), hooks, relay, tenants)));
    }

    private void checkSwitches() {
        if (!config.enabled()) {
            problems.add("enabled is false and yet a Tenancy is built; do not build it, or set enabled to true");
        }
        if (given.dataSource != null && !config.integration().sqlContextBridge()) {
            problems.add(
                    "integration.sql_context_bridge is false and yet a DataSource is given, whose connections would"
                            + " carry no tenant; set it to true, or give no DataSource");
        }
    }

    private TenantStore store() {
        if (given.store != null) {
            return given.store;
        }
        problems.add(
                "no store is given, so tenants would be kept nowhere; add .store(SqlTenantStore.of(dataSource)), or"
                        + " .store(new InMemoryTenantStore()) in tests");
        return new InMemoryTenantStore(); // never used: it only lets the other problems be found
    }

    private ResolverRegistry resolvers() {
        var found = ResolverRegistry.problems(config.resolution());
        problems.addAll(found);
        return found.isEmpty() ? ResolverRegistry.fromConfig(config.resolution()) : new ResolverRegistry();
    }

    private void register(CustomResolver custom, ResolverRegistry registry) {
        try {
            registry.register(custom.resolver(), custom.trust());
        } catch (TenancyConfigurationException refused) {
            problems.addAll(refused.problems());
        }
    }

    private Optional<TenantMembership> membership() {
        if (given.membership != null) {
            return Optional.of(remembering(given.membership));
        }
        return switch (config.membership().source()) {
            case NONE -> Optional.empty();
            case CLAIM -> Optional.of(claimMembership());
            case SQL -> {
                problems.add("membership.source is sql and no such membership is given; add"
                        + " .membership(SqlTenantMembership.of(dataSource))");
                yield Optional.of((principal, tenant) -> false);
            }
        };
    }

    private TenantMembership claimMembership() {
        if (!given.claimsVerified) {
            problems.add("membership.source is claim and nothing verifies claims; verify tokens at the edge and add"
                    + " .claimsVerified(true), or give a .membership(..)");
        }
        return new ClaimMembership(config.membership().claim());
    }

    /** A membership in memory has nothing to remember, and revoking there must hold at once. */
    private TenantMembership remembering(TenantMembership membership) {
        return membership instanceof InMemoryMembership || membership instanceof CachedMembership
                ? membership
                : new CachedMembership(
                        membership,
                        config.membership(),
                        changes,
                        config.resolution().cache().maxStaleness());
    }

    private void checkAdmission(ResolverRegistry builtIn, boolean anyMembership) {
        var anyVerified = builtIn.names().stream().anyMatch(this::isVerified)
                || given.resolvers.stream().anyMatch(custom -> custom.trust() == Trust.VERIFIED);
        TenantAdmission.problem(anyVerified, anyMembership, config.resolution()).ifPresent(problems::add);
    }

    private boolean isVerified(String builtIn) {
        return config.resolution().trust().trustedResolvers().contains(builtIn)
                && (given.claimsVerified || !builtIn.equals("jwt_claim"));
    }

    private Optional<TenantAdmission> admission(
            CompositeResolver resolver,
            TenantValidator validator,
            Optional<TenantMembership> membership,
            TenantHooks hooks) {
        try {
            return Optional.of(
                    new TenantAdmission(resolver, validator, membership, config.resolution(), hooks::resolved));
        } catch (IllegalArgumentException wrong) {
            problems.add(String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private IsolationStrategyRegistry strategies() {
        var strategies = new IsolationStrategyRegistry();
        if (given.dataSource == null) {
            strategies.register(new NoDatabaseStrategy());
        }
        for (var strategy : given.strategies) {
            try {
                strategies.register(strategy);
            } catch (IllegalArgumentException wrong) {
                problems.add(String.valueOf(wrong.getMessage()));
            }
        }
        var wanted = config.lifecycle().isolationStrategy();
        if (!strategies.names().contains(wanted)) {
            problems.add("lifecycle.isolation_strategy is " + Problems.shown(wanted) + ", which is not registered"
                    + " (registered: " + strategies.names() + "); add it with .strategy(..), or name a registered one");
        }
        return strategies;
    }

    private TenantProvisioner provisioner(IsolationStrategyRegistry strategies) {
        var lifecycle = config.lifecycle();
        return new TenantProvisioner(strategies.get(lifecycle.isolationStrategy()), lifecycle.autoProvisionIsolation());
    }

    private TenantLifecycleService lifecycle(
            TenantStore store, IsolationStrategyRegistry strategies, News news, TenantHooks hooks) {
        return new TenantLifecycleService(LifecycleParts.of(store, strategies, config.lifecycle())
                .withSteps(given.steps)
                .withResources(resources(store))
                .withClock(given.clock)
                .withInvalidated(news::changedHere)
                .withProvisioningFailed(hooks::provisioningFailed));
    }

    private List<TenantResource> resources(TenantStore store) {
        return given.configProvider == null || given.configProvider == store
                ? given.resources
                : Stream.concat(given.resources.stream(), Stream.of(new ConfigurationElsewhere(given.configProvider)))
                        .toList();
    }

    /** Where the configuration is kept: where it was said, or where the tenants are if that can be; else nowhere. */
    private Optional<TenantConfigService> configs(TenantStore store) {
        var kept = given.configProvider != null ? given.configProvider : store;
        if (!(kept instanceof TenantConfigProvider provider)) {
            return Optional.empty();
        }
        try {
            return Optional.of(TenantConfigService.of(
                    store,
                    provider,
                    config.overrides(),
                    given.configCatalog,
                    config.resolution().cache().maxStaleness(),
                    changes,
                    given.clock));
        } catch (IllegalArgumentException wrong) {
            problems.add(String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<OutboxRelay> relay(TenantStore store) {
        var outbox = store.outbox();
        if (outbox.isEmpty() && !given.listeners.isEmpty()) {
            problems.add("listeners are given and the store keeps no events for them; give a store that has an outbox,"
                    + " such as SqlTenantStore, or no listener");
        }
        var names = given.listeners.stream().map(TenantEventListener::name).toList();
        if (Set.copyOf(names).size() < names.size()) {
            problems.add("two listeners have one name, by which the outbox remembers who has been told; give each its"
                    + " own");
        }
        Stream.concat(Stream.of(given.application), names.stream())
                .flatMap(name -> OutboxRelay.problem(name).stream())
                .forEach(problems::add);
        return OutboxRelay.problem(given.application).isPresent()
                ? Optional.empty()
                : outbox.map(kept -> new OutboxRelay(kept, given.application));
    }

    private static void add(TenantEventListener listener, Optional<OutboxRelay> relay) {
        relay.orElseThrow(() -> new IllegalStateException("The store keeps no events, so nothing would ever call this;"
                        + " give a store that has an outbox, such as SqlTenantStore."))
                .add(listener);
    }

    private Optional<InvalidationBus> bus(TenantStore store) {
        if (given.bus != null) {
            return Optional.of(given.bus);
        }
        return config.bus().type() == BusType.POSTGRES && store instanceof InvalidationSource source
                ? Optional.of(source.invalidations(config.bus()))
                : Optional.empty();
    }

    private List<AutoCloseable> owned(
            Optional<InvalidationBus> bus,
            TenantHooks hooks,
            Optional<OutboxRelay> relay,
            TenantLifecycleService tenants) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // one object may play two parts
        var parts = Stream.<@Nullable Object>of(given.store, given.membership, given.configProvider);
        var running = Stream.<@Nullable Object>of(bus.orElse(null), hooks, relay.orElse(null));
        var maintenance = given.maintained
                ? Stream.of(LifecycleMaintenance.start(tenants::recover, config.lifecycle()))
                : Stream.<Object>empty();
        return Stream.of(parts, given.strategies.stream(), running, maintenance)
                .flatMap(some -> some)
                .filter(AutoCloseable.class::isInstance)
                .filter(seen::add)
                .map(AutoCloseable.class::cast)
                .toList();
    }
}
