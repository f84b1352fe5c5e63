package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.stores.LifecycleJournal;
import dev.lexigram.tenancy.stores.TenantDeletions;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.Uuid7;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a lifecycle service works with.
 *
 * @param steps of provisioning, after the place for data, in this order
 * @param resources removed with a tenant, besides its place for data
 * @param clock gives the time of changes and events
 * @param ids of events and runs, and of tenants that come without one; UUIDs of version 7
 * @param invalidated told of every tenant that changed, at once
 * @param provisioningFailed told of every tenant whose place could not be made, on this node; must not throw
 * @param actor who causes the changes, as events say it
 * @param reached told of every moment at which a crash is tested; does nothing in production
 */
public record LifecycleParts(
        TenantStore store,
        IsolationStrategyRegistry strategies,
        List<ProvisioningStep> steps,
        List<TenantResource> resources,
        LifecycleConfig config,
        InstantSource clock,
        Supplier<UUID> ids,
        Consumer<TenantId> invalidated,
        Consumer<TenantId> provisioningFailed,
        String actor,
        Consumer<CrashPoint> reached) {

    public LifecycleParts {
        steps = List.copyOf(steps);
        resources = List.copyOf(resources);
    }

    /** The system's clock and ids, no steps and no resources; the actor is {@code system}. */
    public static LifecycleParts of(TenantStore store, IsolationStrategyRegistry strategies, LifecycleConfig config) {
        return new LifecycleParts(
                store,
                strategies,
                List.of(),
                List.of(),
                config,
                InstantSource.system(),
                Uuid7::next,
                id -> {},
                id -> {},
                "system",
                point -> {});
    }

    public LifecycleParts withSteps(List<ProvisioningStep> steps) {
        return new LifecycleParts(
                store,
                strategies,
                steps,
                resources,
                config,
                clock,
                ids,
                invalidated,
                provisioningFailed,
                actor,
                reached);
    }

    public LifecycleParts withResources(List<TenantResource> resources) {
        return new LifecycleParts(
                store,
                strategies,
                steps,
                resources,
                config,
                clock,
                ids,
                invalidated,
                provisioningFailed,
                actor,
                reached);
    }

    public LifecycleParts withClock(InstantSource clock) {
        return new LifecycleParts(
                store,
                strategies,
                steps,
                resources,
                config,
                clock,
                ids,
                invalidated,
                provisioningFailed,
                actor,
                reached);
    }

    public LifecycleParts withInvalidated(Consumer<TenantId> invalidated) {
        return new LifecycleParts(
                store,
                strategies,
                steps,
                resources,
                config,
                clock,
                ids,
                invalidated,
                provisioningFailed,
                actor,
                reached);
    }

    public LifecycleParts withProvisioningFailed(Consumer<TenantId> provisioningFailed) {
        return new LifecycleParts(
                store,
                strategies,
                steps,
                resources,
                config,
                clock,
                ids,
                invalidated,
                provisioningFailed,
                actor,
                reached);
    }

    public LifecycleParts withActor(String actor) {
        return new LifecycleParts(
                store,
                strategies,
                steps,
                resources,
                config,
                clock,
                ids,
                invalidated,
                provisioningFailed,
                actor,
                reached);
    }

    public LifecycleParts withReached(Consumer<CrashPoint> reached) {
        return new LifecycleParts(
                store,
                strategies,
                steps,
                resources,
                config,
                clock,
                ids,
                invalidated,
                provisioningFailed,
                actor,
                reached);
    }

    /** @throws TenancyConfigurationException if the store keeps none */
    LifecycleJournal journal() {
        return store.journal().orElseThrow(LifecycleParts::withoutJournal);
    }

    /** @throws TenancyConfigurationException if the store keeps none */
    TenantDeletions deletions() {
        return store.deletions().orElseThrow(LifecycleParts::withoutJournal);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static TenancyConfigurationException withoutJournal() {
        return TenancyConfigurationException.of(List.of("the TenantStore keeps no journal, so that a crash would leave"
                + " tenants half made; use SqlTenantStore or InMemoryTenantStore, or implement journal() and deletions()"
                + " of TenantStore to create and delete tenants through it"));
    }
}
