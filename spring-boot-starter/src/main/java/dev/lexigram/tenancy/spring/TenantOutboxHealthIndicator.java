package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.Tenancy;
import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down while an event has been waiting for one of this application's listeners for more than a minute, as the outbox
 * itself says. Parked lanes are told, and do not make it down: they wait for a person, and no other node does better.
 */
final class TenantOutboxHealthIndicator extends AbstractHealthIndicator {

    private static final Duration TOO_LONG = Duration.ofSeconds(60);

    private final Tenancy tenancy;

    TenantOutboxHealthIndicator(Tenancy tenancy) {
        super("What waits in the outbox was not found out");
        this.tenancy = tenancy;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        var relay = tenancy.relay();
        if (relay.isEmpty()) {
            health.withDetail("outbox", "none");
            return;
        }
        var state = relay.get().state();
        health.withDetail("open", state.open())
                .withDetail("parked", state.parked())
                .withDetail("oldest", state.oldest().toString())
                .withDetail("droppedHookCalls", tenancy.hooks().dropped());
        if (state.oldest().compareTo(TOO_LONG) > 0) {
            health.down();
        }
    }
}
