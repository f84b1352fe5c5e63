package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.stores.LifecycleJournal;
import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.stores.RunOpening;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A journal in which something happens before each of its writes. */
record InterferingJournal(LifecycleJournal inner, Runnable beforeWrite) implements LifecycleJournal {

    @Override
    public LifecycleRun begin(RunOpening opening) {
        beforeWrite.run();
        return inner.begin(opening);
    }

    @Override
    public Optional<KeyedCreation> findCreation(String key) {
        return inner.findCreation(key);
    }

    @Override
    public void renew(LifecycleRun run, Duration lease) {
        beforeWrite.run();
        inner.renew(run, lease);
    }

    @Override
    public void stepDone(LifecycleRun run, String step, Map<String, Object> found, Duration lease) {
        beforeWrite.run();
        inner.stepDone(run, step, found, lease);
    }

    @Override
    public void turnBack(LifecycleRun run, Duration lease) {
        beforeWrite.run();
        inner.turnBack(run, lease);
    }

    @Override
    public void stepUndone(LifecycleRun run, String step, Duration lease) {
        beforeWrite.run();
        inner.stepUndone(run, step, lease);
    }

    @Override
    public Tenant finish(LifecycleRun run, Tenant tenant, List<TenantEvent> events, Map<String, Object> outcome) {
        beforeWrite.run();
        return inner.finish(run, tenant, events, outcome);
    }

    @Override
    public Optional<LifecycleRun> takeOver(Duration lease) {
        return inner.takeOver(lease);
    }

    @Override
    public boolean isOpen(TenantId id) {
        return inner.isOpen(id);
    }

    @Override
    public Optional<Map<String, Object>> outcome(TenantId id, LifecycleRun.Kind kind) {
        return inner.outcome(id, kind);
    }
}
