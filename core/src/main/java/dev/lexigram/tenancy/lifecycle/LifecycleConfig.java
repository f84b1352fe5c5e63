package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import java.time.Duration;

/**
 * How tenants are created and removed: section {@code lifecycle} of the configuration. Immutable.
 *
 * @param isolationStrategy name of the isolation strategy of new tenants
 * @param autoProvisionIsolation whether creating a tenant also makes its place for data
 * @param deprovisionPolicy what happens to the data of a deleted tenant, unless the deletion says it
 * @param deleteGrace how long after its deletion a tenant can still be had back
 * @param nameQuarantine how long nobody may have the names of a removed tenant
 * @param runLease how long a node that makes or removes a tenant may be silent before another goes on
 */
public record LifecycleConfig(
        String isolationStrategy,
        boolean autoProvisionIsolation,
        DeprovisionPolicy deprovisionPolicy,
        Duration deleteGrace,
        Duration nameQuarantine,
        Duration runLease) {

    public static final LifecycleConfig DEFAULTS = new LifecycleConfig(
            "row_level",
            true,
            DeprovisionPolicy.RENAME,
            Duration.ofDays(30),
            Duration.ofDays(30),
            Duration.ofSeconds(30));

    /** @throws IllegalArgumentException if a duration is out of its range */
    public LifecycleConfig {
        if (deleteGrace.isNegative() || nameQuarantine.isNegative()) {
            throw new IllegalArgumentException("delete_grace and name_quarantine must not be negative");
        }
        if (runLease.toSeconds() < 5 || runLease.toSeconds() > 300) {
            throw new IllegalArgumentException("run_lease must be 5 to 300 s but is " + runLease.toSeconds() + " s");
        }
    }

    public LifecycleConfig withIsolationStrategy(String isolationStrategy) {
        return new LifecycleConfig(
                isolationStrategy, autoProvisionIsolation, deprovisionPolicy, deleteGrace, nameQuarantine, runLease);
    }

    public LifecycleConfig withAutoProvisionIsolation(boolean autoProvisionIsolation) {
        return new LifecycleConfig(
                isolationStrategy, autoProvisionIsolation, deprovisionPolicy, deleteGrace, nameQuarantine, runLease);
    }

    public LifecycleConfig withDeprovisionPolicy(DeprovisionPolicy deprovisionPolicy) {
        return new LifecycleConfig(
                isolationStrategy, autoProvisionIsolation, deprovisionPolicy, deleteGrace, nameQuarantine, runLease);
    }

    public LifecycleConfig withDeleteGrace(Duration deleteGrace) {
        return new LifecycleConfig(
                isolationStrategy, autoProvisionIsolation, deprovisionPolicy, deleteGrace, nameQuarantine, runLease);
    }

    public LifecycleConfig withNameQuarantine(Duration nameQuarantine) {
        return new LifecycleConfig(
                isolationStrategy, autoProvisionIsolation, deprovisionPolicy, deleteGrace, nameQuarantine, runLease);
    }

    public LifecycleConfig withRunLease(Duration runLease) {
        return new LifecycleConfig(
                isolationStrategy, autoProvisionIsolation, deprovisionPolicy, deleteGrace, nameQuarantine, runLease);
    }
}
