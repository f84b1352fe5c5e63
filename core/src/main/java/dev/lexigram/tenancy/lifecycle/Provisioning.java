package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.TenantProvisioner;
import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantProvisioned;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Brings a tenant from PROVISIONING to ACTIVE, or to FAILED with everything taken back, whoever began it. */
final class Provisioning {

    private final LifecycleParts parts;
    private final Heartbeat heartbeat;

    Provisioning(LifecycleParts parts, Heartbeat heartbeat) {
        this.parts = parts;
        this.heartbeat = heartbeat;
    }

    /**
     * Goes on where the run stands.
     *
     * @return the tenant, ACTIVE, or FAILED if an earlier holder had turned back
     * @throws TenantProvisioningException if a step failed now; the tenant is FAILED, or will be
     */
    Tenant goOn(LifecycleRun run) {
        var steps = steps(run.tenant());
        try (var held = new HeldRun(parts.journal(), run, parts.config().runLease(), heartbeat)) {
            if (run.undoing()) {
                return takeBack(held, steps);
            }
            try {
                runAll(held, steps);
            } catch (TenantProvisioningException failure) {
                giveUp(held, steps, failure);
                parts.provisioningFailed().accept(run.tenant().id());
                throw failure;
            }
            return activate(held);
        }
    }

    private void runAll(HeldRun held, List<ProvisioningStep> steps) {
        for (var step : steps) {
            if (held.isDone(step.name())) {
                continue;
            }
            run(step, held);
            parts.reached().accept(CrashPoint.STEP_RUN);
            if (step != steps.get(steps.size() - 1)) { // the last one is written by the end of the run
                held.stepDone(step.name(), Map.of());
                parts.reached().accept(CrashPoint.STEP_WRITTEN);
            }
        }
        parts.reached().accept(CrashPoint.STEPS_DONE);
    }

    private static void run(ProvisioningStep step, HeldRun held) {
        try {
            step.run(held.tenant(), held.run().fence());
        } catch (TenantProvisioningException failure) {
            throw failure;
        } catch (RuntimeException failure) {
            throw TenantProvisioningException.of(held.tenant().id(), "step '" + step.name() + "' failed", failure);
        }
    }

    private Tenant activate(HeldRun held) {
        var now = parts.now();
        var tenant = held.tenant();
        var event = new TenantProvisioned(
                parts.ids().get(), tenant.id(), 0, now, parts.actor(), tenant.slug(), tenant.plan());
        return finish(held, tenant.withStatus(TenantStatus.ACTIVE, null, now), List.of(event), CrashPoint.FINISHED);
    }

    /** What stands in the way of taking back is told with the failure; the run stays open, and is tried again. */
    private void giveUp(HeldRun held, List<ProvisioningStep> steps, TenantProvisioningException raised) {
        try {
            held.turnBack();
            parts.reached().accept(CrashPoint.TURNED_BACK);
            takeBack(held, steps);
        } catch (TenantException failure) {
            raised.addSuppressed(failure);
        }
    }

    private Tenant takeBack(HeldRun held, List<ProvisioningStep> steps) {
        for (var name : held.doneLastFirst()) {
            held.check();
            undo(name, held, steps);
            parts.reached().accept(CrashPoint.STEP_UNDONE);
            held.stepUndone(name);
            parts.reached().accept(CrashPoint.UNDOING_WRITTEN);
        }
        parts.reached().accept(CrashPoint.UNDONE);
        var failed = held.tenant().withStatus(TenantStatus.FAILED, "provisioning failed", parts.now());
        return finish(held, failed, List.of(), CrashPoint.FAILED);
    }

    private static void undo(String name, HeldRun held, List<ProvisioningStep> steps) {
        var id = held.tenant().id();
        var step = steps.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> TenantProvisioningException.ofRemoval(
                        id, "this node has no step '" + name + "'", new IllegalStateException(name)));
        try {
            step.undo(held.tenant(), held.run().fence());
        } catch (TenantProvisioningException failure) {
            throw failure;
        } catch (RuntimeException failure) {
            throw TenantProvisioningException.ofRemoval(id, "step '" + name + "' could not be undone", failure);
        }
    }

    private Tenant finish(HeldRun held, Tenant tenant, List<TenantEvent> events, CrashPoint reached) {
        try {
            var saved = held.finish(tenant, events, Map.of());
            parts.reached().accept(reached);
            return saved;
        } finally {
            parts.invalidated().accept(tenant.id()); // after a failure too: it may have been stored
        }
    }

    private List<ProvisioningStep> steps(Tenant tenant) {
        var strategy = parts.strategies().get(tenant.strategy());
        var steps = new ArrayList<ProvisioningStep>();
        if (parts.config().autoProvisionIsolation()) {
            steps.add(new Place(new TenantProvisioner(strategy, true)));
        }
        steps.addAll(parts.steps());
        return steps;
    }

    /** The tenant's place for data. */
    private record Place(TenantProvisioner provisioner) implements ProvisioningStep {

        @Override
        public String name() {
            return "place";
        }

        @Override
        public void run(Tenant tenant, long fence) {
            provisioner.provision(tenant.id());
        }

        @Override
        public void undo(Tenant tenant, long fence) {
            provisioner.deprovision(tenant.id());
        }
    }
}
