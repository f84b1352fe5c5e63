package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.lifecycle.LifecycleMaintenance;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Runs the tenancy's maintenance from the end of the start to the beginning of the stop. */
final class TenancyMaintenance implements SmartLifecycle {

    private final Tenancy tenancy;
    private @Nullable LifecycleMaintenance running;

    TenancyMaintenance(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            running = LifecycleMaintenance.start(
                    tenancy::recover, tenancy.config().lifecycle());
        }
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
