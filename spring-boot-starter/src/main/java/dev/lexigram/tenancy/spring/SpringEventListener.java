package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.lifecycle.TenantEventListener;
import dev.lexigram.tenancy.tenant.TenantEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes every event to the application, on one node of the cluster at least once. If a listener of the application
 * fails, the event comes again for all of them.
 */
final class SpringEventListener implements TenantEventListener {

    private final ApplicationEventPublisher publisher;

    SpringEventListener(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "spring";
    }

    @Override
    public void on(TenantEvent event) {
        publisher.publishEvent(event);
    }
}
