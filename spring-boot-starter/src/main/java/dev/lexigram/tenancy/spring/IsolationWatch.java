package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Has isolation proved again and again, every {@code isolation.audit_interval}, in a daemon thread of its own. */
final class IsolationWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IsolationWatch.class);

    private final IsolationProof proof;
    private final IsolationConfig config;
    private @Nullable ScheduledExecutorService running;

    IsolationWatch(IsolationProof proof, IsolationConfig config) {
        this.proof = proof;
        this.config = config;
    }

    @Override
    public synchronized void start() {
        var every = config.auditInterval().toMillis();
        if (running == null && every > 0 && config.adoption() == AdoptionMode.ENFORCE) {
            running = Executors.newSingleThreadScheduledExecutor(IsolationWatch::thread);
            running.scheduleWithFixedDelay(this::repeat, every, every, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.shutdownNow();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    private void repeat() {
        try {
            proof.repeat();
        } catch (RuntimeException failure) {
            LOG.error("The audit failed and is tried again", failure);
        }
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "tenancy-audit");
        thread.setDaemon(true);
        return thread;
    }
}
