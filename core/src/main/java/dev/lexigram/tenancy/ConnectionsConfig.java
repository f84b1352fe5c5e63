package dev.lexigram.tenancy;

import dev.lexigram.tenancy.isolation.DatabasesConfig;
import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.isolation.SystemScopeConfig;
import dev.lexigram.tenancy.stores.ControlPlaneConfig;

/** What can be configured about connections other than the application's own, one record per section. Immutable. */
public record ConnectionsConfig(
        ControlPlaneConfig controlPlane, SystemScopeConfig systemScope, DatabasesConfig databases, PoolsConfig pools) {

    public static final ConnectionsConfig DEFAULTS = new ConnectionsConfig(
            ControlPlaneConfig.DEFAULTS, SystemScopeConfig.DEFAULTS, DatabasesConfig.DEFAULTS, PoolsConfig.DEFAULTS);

    public ConnectionsConfig withControlPlane(ControlPlaneConfig controlPlane) {
        return new ConnectionsConfig(controlPlane, systemScope, databases, pools);
    }

    public ConnectionsConfig withSystemScope(SystemScopeConfig systemScope) {
        return new ConnectionsConfig(controlPlane, systemScope, databases, pools);
    }

    public ConnectionsConfig withDatabases(DatabasesConfig databases) {
        return new ConnectionsConfig(controlPlane, systemScope, databases, pools);
    }

    public ConnectionsConfig withPools(PoolsConfig pools) {
        return new ConnectionsConfig(controlPlane, systemScope, databases, pools);
    }
}
