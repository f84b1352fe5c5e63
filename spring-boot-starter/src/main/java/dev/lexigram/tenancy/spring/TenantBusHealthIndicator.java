package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenancyConfig;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up if this node has heard its own heartbeat back within the last five; or if it has no bus, because then nothing relies
 * on one. Tells within which time a change holds here.
 */
final class TenantBusHealthIndicator extends AbstractHealthIndicator {

    private final Tenancy tenancy;
    private final TenancyConfig config;

    TenantBusHealthIndicator(Tenancy tenancy, TenancyConfig config) {
        super("Whether changes on other nodes are heard was not found out");
        this.tenancy = tenancy;
        this.config = config;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        var bus = tenancy.bus();
        var now = System.nanoTime();
        var hears = bus.isPresent() && bus.get().covers(now, now);
        health.withDetail("bus", bus.isEmpty() ? "none" : hears ? "heard" : "silent")
                .withDetail(
                        "changesHoldWithin",
                        hears
                                ? "PT2S"
                                : config.resolution().cache().maxStaleness().toString());
        if (bus.isEmpty() || hears) {
            health.up();
        } else {
            health.down();
        }
    }
}
