package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.stores.LifecycleJournal;
import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run in the hands of one thread, with how far it has come; its lease is kept up until this is closed. */
final class HeldRun implements AutoCloseable {

    private final LifecycleJournal journal;
    private final LifecycleRun run;
    private final Duration lease;
    private final Heartbeat.Beating beating;
    private final Map<String, Map<String, Object>> done;

    HeldRun(LifecycleJournal journal, LifecycleRun run, Duration lease, Heartbeat heartbeat) {
        this.journal = journal;
        this.run = run;
        this.lease = lease;
        this.beating = heartbeat.keep(journal, run);
        this.done = new LinkedHashMap<>(run.done());
    }

    LifecycleRun run() {
        return run;
    }

    Tenant tenant() {
        return run.tenant();
    }

    boolean isDone(String step) {
        return done.containsKey(step);
    }

    /** What the finished steps found, in their order. */
    Map<String, Map<String, Object>> found() {
        return Collections.unmodifiableMap(done);
    }

    List<String> doneLastFirst() {
        var steps = new ArrayList<>(done.keySet());
        Collections.reverse(steps);
        return steps;
    }

    void stepDone(String step, Map<String, Object> found) {
        journal.stepDone(run, step, found, lease);
        done.put(step, found);
    }

    void turnBack() {
        journal.turnBack(run, lease);
    }

    void stepUndone(String step) {
        journal.stepUndone(run, step, lease);
        done.remove(step);
    }

    /** @throws dev.lexigram.tenancy.tenant.TenantWriteFencedException if somebody else has it by now */
    void check() {
        journal.renew(run, lease);
    }

    Tenant finish(Tenant tenant, List<TenantEvent> events, Map<String, Object> outcome) {
        return journal.finish(run, tenant, events, outcome);
    }

    @Override
    public void close() {
        beating.close();
    }
}
