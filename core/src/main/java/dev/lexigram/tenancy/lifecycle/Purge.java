package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.stores.TenantDeletions.Terms;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantDeleted;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Removes a tenant that is in deletion, whoever began it; only its id, its slug and its events stay. */
final class Purge {

    private final LifecycleParts parts;
    private final Heartbeat heartbeat;

    Purge(LifecycleParts parts, Heartbeat heartbeat) {
        this.parts = parts;
        this.heartbeat = heartbeat;
    }

    /**
     * Goes on where the run stands. If a step fails, the run stays open and is tried again.
     *
     * @return the tenant, DELETED
     */
    Tenant goOn(LifecycleRun run) {
        var policy = policy(run.tenant().id());
        try (var held = new HeldRun(parts.journal(), run, parts.config().runLease(), heartbeat)) {
            for (var step : steps(policy)) {
                if (held.isDone(step.name())) {
                    continue;
                }
                held.check();
                var found = run(step, held);
                parts.reached().accept(CrashPoint.PURGE_STEP_RUN);
                held.stepDone(step.name(), EraseRecord.ofStep(found));
                parts.reached().accept(CrashPoint.PURGE_STEP_WRITTEN);
            }
            parts.reached().accept(CrashPoint.PURGE_STEPS_DONE);
            return finish(held, policy);
        }
    }

    /** What the removal found, once it is done. */
    Optional<EraseReport> report(TenantId id) {
        return parts.journal().outcome(id, LifecycleRun.Kind.PURGE).map(outcome -> EraseRecord.report(id, outcome));
    }

    private DeprovisionPolicy policy(TenantId id) {
        return parts.deletions()
                .terms(id)
                .map(Terms::policy)
                .map(DeprovisionPolicy::fromWireName)
                .orElseThrow(() -> new IllegalStateException("Tenant '" + id + "' is in deletion without terms"));
    }

    private List<Step> steps(DeprovisionPolicy policy) {
        var steps = new ArrayList<Step>();
        steps.add(new Step(
                "place",
                held -> parts.strategies().get(held.tenant().strategy()).deprovision(held.tenant(), policy)));
        for (var resource : parts.resources()) {
            steps.add(new Step("resource_" + resource.name(), held -> resource.erase(held.tenant())));
        }
        steps.add(new Step("control_plane", this::eraseControlPlane));
        return steps;
    }

    private List<ErasedResource> eraseControlPlane(HeldRun held) {
        return parts.deletions().erase(held.run(), parts.config().nameQuarantine()).entrySet().stream()
                .map(kind -> new ErasedResource("tenancy." + kind.getKey(), kind.getValue(), kind.getValue(), 0))
                .toList();
    }

    private static List<ErasedResource> run(Step step, HeldRun held) {
        try {
            return step.work().on(held);
        } catch (TenantException failure) {
            throw failure;
        } catch (RuntimeException failure) {
            throw TenantProvisioningException.ofRemoval(
                    held.tenant().id(), "step '" + step.name() + "' failed", failure);
        }
    }

    private Tenant finish(HeldRun held, DeprovisionPolicy policy) {
        var now = parts.now();
        var id = held.tenant().id();
        var event = new TenantDeleted(parts.ids().get(), id, 0, now, parts.actor());
        var outcome = EraseRecord.outcome(held, policy, parts.actor(), now);
        try {
            var saved = held.finish(
                    tombstone(held.tenant()).withStatus(TenantStatus.DELETED, null, now), List.of(event), outcome);
            parts.reached().accept(CrashPoint.PURGED);
            return saved;
        } finally {
            parts.invalidated().accept(id); // after a failure too: it may have been stored
        }
    }

    /** What stays so that the id is never used again; names and settings may be those of people. */
    private static Tenant tombstone(Tenant tenant) {
        return new Tenant(
                tenant.id(),
                tenant.slug(),
                "deleted",
                tenant.status(),
                null,
                null,
                Map.of(),
                Map.of(),
                tenant.strategy(),
                tenant.createdAt(),
                tenant.updatedAt(),
                tenant.version());
    }

    private record Step(String name, Work work) {}

    private interface Work {
        List<ErasedResource> on(HeldRun held);
    }
}
