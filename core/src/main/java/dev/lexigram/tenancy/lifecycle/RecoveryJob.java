package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings to an end what nobody works on any more, one tenant after the other. */
final class RecoveryJob {

    private static final Logger LOG = LoggerFactory.getLogger(RecoveryJob.class);
    private static final int AT_MOST = 100; // then other nodes have their turn

    private final LifecycleParts parts;
    private final Provisioning provisioning;
    private final Purge purge;
    private final Offboarding offboarding;

    RecoveryJob(LifecycleParts parts, Provisioning provisioning, Purge purge, Offboarding offboarding) {
        this.parts = parts;
        this.provisioning = provisioning;
        this.purge = purge;
        this.offboarding = offboarding;
    }

    List<Recovery> run() {
        if (parts.store().journal().isEmpty() || parts.store().deletions().isEmpty()) {
            return List.of(); // nothing was begun through it either
        }
        var outcomes = new ArrayList<Recovery>();
        for (var count = 0; count < AT_MOST; count++) {
            var run = parts.journal().takeOver(parts.config().runLease());
            if (run.isEmpty()) {
                break;
            }
            parts.reached().accept(CrashPoint.TAKEN_OVER);
            outcomes.add(outcome(run.get().tenant().id(), () -> goOn(run.get())));
        }
        for (var id : parts.deletions().due(AT_MOST)) {
            outcomes.add(outcome(id, () -> {
                offboarding.purge(id, Optional.empty());
                return TenantStatus.DELETED;
            }));
        }
        parts.deletions().releaseNames();
        return List.copyOf(outcomes);
    }

    private TenantStatus goOn(LifecycleRun run) {
        return switch (run.kind()) {
            case PROVISION -> provisioning.goOn(run).status();
            case PURGE -> purge.goOn(run).status();
        };
    }

    private Recovery outcome(TenantId id, Supplier<TenantStatus> work) {
        try {
            var status = work.get();
            LOG.info("Tenant {} had been left unfinished and is {} now", id, status.wireName());
            return new Recovery(id, Optional.of(status), Optional.empty());
        } catch (RuntimeException failure) {
            LOG.warn("Tenant {} could not be brought to an end: {}", id, failure.getMessage());
            var now = parts.store().findById(id).map(tenant -> tenant.status());
            return new Recovery(id, now.filter(TenantStatus.FAILED::equals), Optional.of(failure));
        }
    }
}
