package dev.lexigram.tenancy;

import dev.lexigram.tenancy.cache.InvalidationBus;
import dev.lexigram.tenancy.context.TenantCallable;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.TenantAdmission;
import dev.lexigram.tenancy.enforcement.TenantGuard;
import dev.lexigram.tenancy.enforcement.TenantValidator;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.isolation.TenantProvisioner;
import dev.lexigram.tenancy.lifecycle.LifecycleConfig;
import dev.lexigram.tenancy.lifecycle.OutboxRelay;
import dev.lexigram.tenancy.lifecycle.Recovery;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.overrides.TenantConfigService;
import dev.lexigram.tenancy.resolution.CompositeResolver;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * The assembled library: one object that holds every part, made by {@link #builder()} and closed once.
 *
 * <p>Safe for use by many threads. Several may live in one process; they share nothing but {@link TenantContext}.
 * Closing it ends its threads, the bus and the relay, and closes the store, the membership and the strategies that were
 * given to it and can be closed, in the reverse order; a DataSource stays the application's. Afterwards every method but {@code close} raises
 * {@code IllegalStateException}.
 */
public final class Tenancy implements AutoCloseable {

    private final TenancyParts parts;
    private final AtomicBoolean closed = new AtomicBoolean();

    Tenancy(TenancyParts parts) {
        this.parts = parts;
    }

    /** Starts assembling; nothing is opened before {@link TenancyBuilder#build}. */
    public static TenancyBuilder builder() {
        return new TenancyBuilder();
    }

    /**
     * A tenancy for tests: tenants in memory, named by the header {@code x-tenant-id}, to which every caller belongs, and
     * nothing is provisioned. Not for production: whoever sends the header is believed.
     */
    public static Tenancy stub() {
        var config = TenancyConfig.DEFAULTS
                .withResolution(
                        ResolutionConfig.DEFAULTS.withResolvers("header").withStrictMembership(false))
                .withLifecycle(LifecycleConfig.DEFAULTS.withAutoProvisionIsolation(false));
        return builder()
                .config(config)
                .store(new InMemoryTenantStore())
                .maintained(false)
                .build();
    }

    public TenancyConfig config() {
        return open().config();
    }

    /** Creates, reads and changes tenants. */
    public TenantProvider tenants() {
        return open().tenants();
    }

    /**
     * Ends what nodes have left unfinished, removes tenants whose grace is over, and gives back names. The tenancy does
     * this by itself unless it was built otherwise.
     *
     * @return an outcome for each tenant that was worked on
     */
    public List<Recovery> recover() {
        return open().tenants().recover();
    }

    /**
     * Reads and changes what is configured for each tenant.
     *
     * @throws IllegalStateException if the store keeps no configuration and no provider was given
     */
    public TenantConfigService configs() {
        return open().configs()
                .orElseThrow(() -> new IllegalStateException("This tenancy keeps no per-tenant configuration: its store"
                        + " is no TenantConfigProvider; give one to Tenancy.builder() with configProvider(..)."));
    }

    /** Which tenant does a call name? */
    public CompositeResolver resolver() {
        return open().resolver();
    }

    /** Does that tenant exist, and is it active? */
    public TenantValidator validator() {
        return open().validator();
    }

    /** May a call act as a tenant, and as which? What every edge asks. */
    public TenantAdmission admission() {
        return open().admission();
    }

    /** Refuses work without an active tenant. */
    public TenantGuard guard() {
        return open().guard();
    }

    /** Makes and removes a tenant's place for data, by the configured strategy. */
    public TenantProvisioner provisioner() {
        return open().provisioner();
    }

    public IsolationStrategyRegistry strategies() {
        return open().strategies();
    }

    /** What carries news of changes between nodes; empty if nothing does. */
    public Optional<InvalidationBus> bus() {
        return open().bus();
    }

    /** Tells listeners of events; empty if the store has no outbox. */
    public Optional<OutboxRelay> relay() {
        return open().relay();
    }

    /** Small pieces of code that are called when something happens to a tenant. */
    public TenantHooks hooks() {
        return open().hooks();
    }

    /**
     * The DataSource that was given to the builder.
     *
     * @throws IllegalStateException if none was given
     */
    public DataSource dataSource() {
        return open().dataSource()
                .orElseThrow(() -> new IllegalStateException(
                        "This tenancy has no DataSource; give one to Tenancy.builder() with dataSource(..)."));
    }

    /**
     * Runs the work under the tenant that has this id now and is active.
     *
     * @throws TenantNotFoundException if no tenant has this id
     * @throws dev.lexigram.tenancy.tenant.TenantInactiveException if it is not active
     * @throws dev.lexigram.tenancy.tenant.TenantSuspendedException if it is suspended
     */
    public <T, X extends Throwable> T callAs(TenantId id, TenantCallable<T, X> work) throws X {
        var tenant = open().validator().validate(id.value());
        if (!tenant.id().equals(id)) {
            throw TenantNotFoundException.of(id); // the text is another tenant's slug
        }
        return TenantContext.callAs(tenant, work);
    }

    /** Closes what belongs to it. Again: nothing happens. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            parts.close();
        }
    }

    private TenancyParts open() {
        if (closed.get()) {
            throw new IllegalStateException("This tenancy is closed; build another one.");
        }
        return parts;
    }
}
