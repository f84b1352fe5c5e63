package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.lifecycle.OutboxRelay;
import dev.lexigram.tenancy.lifecycle.TenantEventListener;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Tells the application of events from the moment when all of it is there until it stops. */
final class TenantEventRelay implements SmartLifecycle {

    private final Tenancy tenancy;
    private final List<TenantEventListener> listeners;
    private volatile boolean running;

    TenantEventRelay(Tenancy tenancy, List<TenantEventListener> listeners) {
        this.tenancy = tenancy;
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void start() {
        tenancy.relay().ifPresent(relay -> listeners.forEach(relay::add));
        running = true;
    }

    @Override
    public void stop() {
        tenancy.relay().ifPresent(this::removeAll);
        running = false;
    }

    private void removeAll(OutboxRelay relay) {
        listeners.forEach(relay::remove);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
