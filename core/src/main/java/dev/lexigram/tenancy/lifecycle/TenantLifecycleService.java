package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.isolation.TenantProvisioner;
import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantActivated;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantDeactivated;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantProvisioned;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantSuspended;
import dev.lexigram.tenancy.tenant.TenantUpdated;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of a tenant's status. Every change is a compare-and-set that is stored together with its event; then
 * the caches drop the tenant.
 *
 * <p>Safe for use by many threads and nodes: a change that meets another one reads again and decides again, a bounded
 * number of times. Asking for the present status changes nothing. After a {@code TenantUnavailableException} the change
 * may have been stored or not; asking again settles it.
 */
public final class TenantLifecycleService implements TenantProvider {

    private static final int ATTEMPTS = 10;
    private static final int PAGE = 1000;

    private final TenantStore store;
    private final IsolationStrategyRegistry strategies;
    private final LifecycleConfig config;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final Consumer<TenantId> invalidated;
    private final Consumer<TenantId> provisioningFailed;
    private final String actor;

    /**
     * @param ids of events, and of tenants that come without one; UUIDs of version 7
     * @param invalidated told of every tenant that changed, at once
     * @param actor who causes the changes, as events say it
     */
    public TenantLifecycleService(
            TenantStore store,
            IsolationStrategyRegistry strategies,
            LifecycleConfig config,
            InstantSource clock,
            Supplier<UUID> ids,
            Consumer<TenantId> invalidated,
            String actor) {
        this(store, strategies, config, clock, ids, invalidated, failed -> {}, actor);
    }

    /**
     * The same with somebody who is told of every tenant whose place could not be made.
     *
     * @param provisioningFailed must not throw
     */
    public TenantLifecycleService(
            TenantStore store,
            IsolationStrategyRegistry strategies,
            LifecycleConfig config,
            InstantSource clock,
            Supplier<UUID> ids,
            Consumer<TenantId> invalidated,
            Consumer<TenantId> provisioningFailed,
            String actor) {
        this.store = store;
        this.strategies = strategies;
        this.config = config;
        this.clock = clock;
        this.ids = ids;
        this.invalidated = invalidated;
        this.provisioningFailed = provisioningFailed;
        this.actor = actor;
    }

    @Override
    public Optional<Tenant> getTenant(TenantId id) {
        return store.findById(id);
    }

    @Override
    public Optional<Tenant> getTenantBySlug(Slug slug) {
        return store.findByName(slug.value());
    }

    @Override
    public List<Tenant> listTenants(boolean activeOnly) {
        var query = TenantQuery.FIRST.withLimit(PAGE);
        if (activeOnly) {
            query = query.withStatus(TenantStatus.ACTIVE);
        }
        var tenants = new ArrayList<Tenant>();
        var page = store.page(query);
        tenants.addAll(page.tenants());
        while (page.next().isPresent()) {
            page = store.page(query.withAfter(page.next().get()));
            tenants.addAll(page.tenants());
        }
        return List.copyOf(tenants);
    }

    @Override
    public TenantPage listTenants(TenantQuery query) {
        return store.page(query);
    }

    @Override
    public Tenant createTenant(CreateTenantCommand command) {
        var strategy = strategies.get(command.strategy().orElse(config.isolationStrategy()));
        var tenant = save(provisioning(command, strategy.name()), TenantStore.NEW, List.of());
        provision(tenant, new TenantProvisioner(strategy, config.autoProvisionIsolation()));
        var now = now();
        var event = new TenantProvisioned(ids.get(), tenant.id(), 0, now, actor, tenant.slug(), tenant.plan());
        return save(tenant.withStatus(TenantStatus.ACTIVE, null, now), tenant.version(), List.of(event));
    }

    @Override
    public Tenant activateTenant(TenantId id) {
        return change(
                id,
                TenantStatus.ACTIVE,
                null,
                (tenant, now) -> new TenantActivated(ids.get(), tenant.id(), 0, now, actor));
    }

    @Override
    public Tenant deactivateTenant(TenantId id) {
        return change(
                id,
                TenantStatus.INACTIVE,
                null,
                (tenant, now) -> new TenantDeactivated(ids.get(), tenant.id(), 0, now, actor));
    }

    /**
     * Stops serving an active tenant for a reason; everything is kept. Suspended already: a new reason is stored.
     */
    @Override
    public Tenant suspendTenant(TenantId id, String reason) {
        return change(
                id,
                TenantStatus.SUSPENDED,
                reason,
                (tenant, now) -> tenant.status() == TenantStatus.SUSPENDED
                        ? new TenantUpdated(ids.get(), tenant.id(), 0, now, actor, Set.of("statusReason"))
                        : new TenantSuspended(ids.get(), tenant.id(), 0, now, actor, reason));
    }

    private Tenant provisioning(CreateTenantCommand command, String strategy) {
        var now = now();
        return new Tenant(
                command.id().orElseGet(() -> TenantId.of(ids.get().toString())),
                command.slug(),
                command.name(),
                TenantStatus.PROVISIONING,
                null,
                command.plan().orElse(null),
                command.config(),
                command.metadata(),
                strategy,
                now,
                now,
                1);
    }

    private void provision(Tenant tenant, TenantProvisioner provisioner) {
        try {
            provisioner.provision(tenant.id());
        } catch (TenantProvisioningException failure) {
            markFailed(tenant, failure);
            provisioningFailed.accept(tenant.id());
            throw failure;
        }
    }

    private void markFailed(Tenant tenant, TenantProvisioningException raised) {
        try {
            save(tenant.withStatus(TenantStatus.FAILED, "provisioning failed", now()), tenant.version(), List.of());
        } catch (TenantException failure) {
            raised.addSuppressed(failure); // it stays in provisioning, which is not served either
        }
    }

    private Tenant change(TenantId id, TenantStatus to, @Nullable String reason, Fact fact) {
        for (var attempt = 1; ; attempt++) {
            var tenant = store.findById(id).orElseThrow(() -> TenantNotFoundException.of(id));
            if (tenant.status() == to && (reason == null || reason.equals(tenant.statusReason()))) {
                return tenant;
            }
            if (tenant.status() != to) {
                Transitions.check(tenant, to);
            }
            var now = now();
            try {
                return save(tenant.withStatus(to, reason, now), tenant.version(), List.of(fact.of(tenant, now)));
            } catch (TenantConflictException overtaken) {
                if (attempt == ATTEMPTS) {
                    throw overtaken;
                }
            }
        }
    }

    private Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
        try {
            return store.save(tenant, expectedVersion, events);
        } finally {
            invalidated.accept(tenant.id()); // after a failure too: it may have been stored
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private interface Fact {
        TenantEvent of(Tenant tenant, Instant now);
    }
}
