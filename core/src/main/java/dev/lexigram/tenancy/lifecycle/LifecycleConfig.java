package dev.lexigram.tenancy.lifecycle;

/**
 * How tenants are created: section {@code lifecycle} of the configuration. Immutable.
 *
 * @param isolationStrategy name of the isolation strategy of new tenants
 * @param autoProvisionIsolation whether creating a tenant also makes its place for data
 */
public record LifecycleConfig(String isolationStrategy, boolean autoProvisionIsolation) {

    public static final LifecycleConfig DEFAULTS = new LifecycleConfig("row_level", true);

    public LifecycleConfig withIsolationStrategy(String isolationStrategy) {
        return new LifecycleConfig(isolationStrategy, autoProvisionIsolation);
    }

    public LifecycleConfig withAutoProvisionIsolation(boolean autoProvisionIsolation) {
        return new LifecycleConfig(isolationStrategy, autoProvisionIsolation);
    }
}
