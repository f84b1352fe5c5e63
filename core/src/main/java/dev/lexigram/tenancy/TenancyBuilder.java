package dev.lexigram.tenancy;

import dev.lexigram.tenancy.cache.InvalidationBus;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.lifecycle.ProvisioningStep;
import dev.lexigram.tenancy.lifecycle.TenantEventListener;
import dev.lexigram.tenancy.lifecycle.TenantResource;
import dev.lexigram.tenancy.overrides.ConfigCatalog;
import dev.lexigram.tenancy.resolution.TenantResolver;
import dev.lexigram.tenancy.resolution.Trust;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.stores.TenantStore;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a {@link Tenancy}. Used by one thread; what is given twice is replaced, while resolvers, strategies and listeners
 * add up.
 *
 * <p>A store must be given: a default in memory would lose every tenant at the next start, and give each node tenants
 * of its own. Without a DataSource and without a strategy of that name, {@code row_level} provisions nothing and opens
 * no connection.
 */
public final class TenancyBuilder {

    TenancyConfig config = TenancyConfig.DEFAULTS;

    @Nullable
    TenantStore store;

    @Nullable
    TenantMembership membership;

    @Nullable
    DataSource dataSource;

    @Nullable
    TenantConfigProvider configProvider;

    ConfigCatalog configCatalog = ConfigCatalog.EMPTY;

    @Nullable
    InvalidationBus bus;

    String application = "app";
    boolean claimsVerified;
    boolean maintained = true;
    InstantSource clock = Clock.systemUTC();
    final List<CustomResolver> resolvers = new ArrayList<>();
    final List<IsolationStrategy> strategies = new ArrayList<>();
    final List<ProvisioningStep> steps = new ArrayList<>();
    final List<TenantResource> resources = new ArrayList<>();
    final List<TenantEventListener> listeners = new ArrayList<>();

    TenancyBuilder() {}

    public TenancyBuilder config(TenancyConfig config) {
        this.config = config;
        return this;
    }

    /** Where tenants are kept; closed with the tenancy if it can be closed. */
    public TenancyBuilder store(TenantStore store) {
        this.store = store;
        return this;
    }

    /** Where per-tenant configuration is kept, if not in the store of tenants; closed with the tenancy if it can be. */
    public TenancyBuilder configProvider(TenantConfigProvider provider) {
        this.configProvider = provider;
        return this;
    }

    /** The keys of per-tenant configuration: their types, their defaults, and what each plan has. */
    public TenancyBuilder configCatalog(ConfigCatalog catalog) {
        this.configCatalog = catalog;
        return this;
    }

    /** Adds a resolver whose answers only select among the caller's memberships. */
    public TenancyBuilder resolver(TenantResolver resolver) {
        return resolver(resolver, Trust.SELECTOR);
    }

    /** Adds a resolver that is trusted this far. */
    public TenancyBuilder resolver(TenantResolver resolver, Trust trust) {
        resolvers.add(new CustomResolver(resolver, trust));
        return this;
    }

    /** Says who belongs to which tenant, whatever {@code membership.source} names; its answers are remembered. */
    public TenancyBuilder membership(TenantMembership membership) {
        this.membership = membership;
        return this;
    }

    /** Adds an isolation strategy, in place of an earlier one of its name. */
    public TenancyBuilder strategy(IsolationStrategy strategy) {
        strategies.add(strategy);
        return this;
    }

    /** Adds a step of provisioning; they run in this order, after the tenant's place for data was made. */
    public TenancyBuilder step(ProvisioningStep step) {
        steps.add(step);
        return this;
    }

    /** Adds something that is removed together with a tenant. */
    public TenancyBuilder resource(TenantResource resource) {
        resources.add(resource);
        return this;
    }

    /**
     * The DataSource of the application, which must confine its connections itself, such as {@code TenantDataSource} of
     * the postgres module; it is handed on as it is and never closed.
     */
    public TenancyBuilder dataSource(DataSource dataSource) {
        this.dataSource = dataSource;
        return this;
    }

    /**
     * Whether the edge verifies tokens and hands over their claims; false unless said. Only then a claim counts as a
     * source that can bind a tenant, or as a list of memberships.
     */
    public TenancyBuilder claimsVerified(boolean verified) {
        this.claimsVerified = verified;
        return this;
    }

    /** Gives the time of changes and events. */
    public TenancyBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** Tells this listener of every event; needs a store with an outbox. */
    public TenancyBuilder listener(TenantEventListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Names this application, on all its nodes alike, among those that share a control plane: each of them is told of
     * every event.
     */
    public TenancyBuilder application(String name) {
        this.application = name;
        return this;
    }

    /** What carries news of changes between nodes, in place of the one that {@code bus.type} names; closed with the tenancy. */
    public TenancyBuilder bus(InvalidationBus bus) {
        this.bus = bus;
        return this;
    }

    /**
     * Whether a thread of the tenancy ends what nodes have left unfinished, and removes tenants whose grace is over; it
     * does unless said otherwise. Then somebody else calls {@link Tenancy#recover} every few seconds.
     */
    public TenancyBuilder maintained(boolean maintained) {
        this.maintained = maintained;
        return this;
    }

    /**
     * Assembles it.
     *
     * @throws dev.lexigram.tenancy.tenant.TenancyConfigurationException naming everything that is missing or contradicts
     */
    public Tenancy build() {
        return new Assembly(this).tenancy();
    }

    record CustomResolver(TenantResolver resolver, Trust trust) {}
}
