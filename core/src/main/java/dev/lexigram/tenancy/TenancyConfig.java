package dev.lexigram.tenancy;

import dev.lexigram.tenancy.cache.BusConfig;
import dev.lexigram.tenancy.cache.CacheConfig;
import dev.lexigram.tenancy.enforcement.MembershipConfig;
import dev.lexigram.tenancy.isolation.DatabasesConfig;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.isolation.SystemScopeConfig;
import dev.lexigram.tenancy.lifecycle.LifecycleConfig;
import dev.lexigram.tenancy.overrides.OverridesConfig;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.stores.ControlPlaneConfig;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything that can be configured, one record per section. Immutable.
 *
 * <p>What code sets through the withers beats the environment, which beats the file, which beats {@link #DEFAULTS}.
 *
 * @param enabled whether the library takes part at all
 * @param connections the sections about connections other than the application's own
 */
public record TenancyConfig(
        boolean enabled,
        WebConfig web,
        ResolutionConfig resolution,
        MembershipConfig membership,
        LifecycleConfig lifecycle,
        OverridesConfig overrides,
        IntegrationConfig integration,
        IsolationConfig isolation,
        ConnectionsConfig connections,
        CacheConfig cache,
        BusConfig bus) {

    public static final TenancyConfig DEFAULTS = new TenancyConfig(
            true,
            WebConfig.DEFAULTS,
            ResolutionConfig.DEFAULTS,
            MembershipConfig.DEFAULTS,
            LifecycleConfig.DEFAULTS,
            OverridesConfig.DEFAULTS,
            IntegrationConfig.DEFAULTS,
            IsolationConfig.DEFAULTS,
            ConnectionsConfig.DEFAULTS,
            CacheConfig.DEFAULTS,
            BusConfig.DEFAULTS);

    /**
     * Reads section {@code tenancy:} of a YAML file, then the variables {@code LEX_TENANCY__SECTION__KEY}.
     *
     * <p>The file is UTF-8, one document of at most 1 MiB; its other sections are left alone. Tags are refused, so
     * nothing in it is ever executed.
     *
     * @param environment usually {@code System.getenv()}
     * @throws dev.lexigram.tenancy.tenant.TenancyConfigurationException naming every problem, never a secret
     */
    public static TenancyConfig load(Path yaml, Map<String, String> environment) {
        var reader = new ConfigReader();
        reader.readFile(yaml);
        reader.readEnvironment(environment);
        return reader.finish();
    }

    /**
     * Reads a section that a framework has read already, then the variables {@code LEX_TENANCY__SECTION__KEY}.
     *
     * @param section nested maps; keys may be written with underscores or hyphens
     * @param environment usually {@code System.getenv()}
     * @throws dev.lexigram.tenancy.tenant.TenancyConfigurationException naming every problem, never a secret
     */
    public static TenancyConfig of(Map<String, Object> section, Map<String, String> environment) {
        var reader = new ConfigReader();
        reader.readSection(section);
        reader.readEnvironment(environment);
        return reader.finish();
    }

    public TenancyConfig withEnabled(boolean enabled) {
        return new TenancyConfig(
                enabled,
                web,
                resolution,
                membership,
                lifecycle,
                overrides,
                integration,
                isolation,
                connections,
                cache,
                bus);
    }

    public TenancyConfig withWeb(WebConfig web) {
        return new TenancyConfig(
                enabled,
                web,
                resolution,
                membership,
                lifecycle,
                overrides,
                integration,
                isolation,
                connections,
                cache,
                bus);
    }

    public TenancyConfig withResolution(ResolutionConfig resolution) {
        return new TenancyConfig(
                enabled,
                web,
                resolution,
                membership,
                lifecycle,
                overrides,
                integration,
                isolation,
                connections,
                cache,
                bus);
    }

    public TenancyConfig withMembership(MembershipConfig membership) {
        return new TenancyConfig(
                enabled,
                web,
                resolution,
                membership,
                lifecycle,
                overrides,
                integration,
                isolation,
                connections,
                cache,
                bus);
    }

    public TenancyConfig withLifecycle(LifecycleConfig lifecycle) {
        return new TenancyConfig(
                enabled,
                web,
                resolution,
                membership,
                lifecycle,
                overrides,
                integration,
                isolation,
                connections,
                cache,
                bus);
    }

    public TenancyConfig withOverrides(OverridesConfig overrides) {
        return new TenancyConfig(
                enabled,
                web,
                resolution,
                membership,
                lifecycle,
                overrides,
                integration,
                isolation,
                connections,
                cache,
                bus);
    }

    public TenancyConfig withIntegration(IntegrationConfig integration) {
        return new TenancyConfig(
                enabled,
                web,
                resolution,
                membership,
                lifecycle,
                overrides,
                integration,
                isolation,
                connections,
                cache,
                bus);
    }

    public TenancyConfig withIsolation(IsolationConfig isolation) {
        return new TenancyConfig(
                enabled,
                web,
                resolution,
                membership,
                lifecycle,
                overrides,
                integration,
                isolation,
                connections,
                cache,
                bus);
    }

    public TenancyConfig withConnections(ConnectionsConfig connections) {
        return new TenancyConfig(
                enabled,
                web,
                resolution,
                membership,
                lifecycle,
                overrides,
                integration,
                isolation,
                connections,
                cache,
                bus);
    }

    public TenancyConfig withCache(CacheConfig cache) {
        return new TenancyConfig(
                enabled,
                web,
                resolution,
                membership,
                lifecycle,
                overrides,
                integration,
                isolation,
                connections,
                cache,
                bus);
    }

    public TenancyConfig withBus(BusConfig bus) {
        return new TenancyConfig(
                enabled,
                web,
                resolution,
                membership,
                lifecycle,
                overrides,
                integration,
                isolation,
                connections,
                cache,
                bus);
    }

    public ControlPlaneConfig controlPlane() {
        return connections.controlPlane();
    }

    public TenancyConfig withControlPlane(ControlPlaneConfig controlPlane) {
        return withConnections(connections.withControlPlane(controlPlane));
    }

    public SystemScopeConfig systemScope() {
        return connections.systemScope();
    }

    public TenancyConfig withSystemScope(SystemScopeConfig systemScope) {
        return withConnections(connections.withSystemScope(systemScope));
    }

    public DatabasesConfig databases() {
        return connections.databases();
    }

    public TenancyConfig withDatabases(DatabasesConfig databases) {
        return withConnections(connections.withDatabases(databases));
    }

    public PoolsConfig pools() {
        return connections.pools();
    }

    public TenancyConfig withPools(PoolsConfig pools) {
        return withConnections(connections.withPools(pools));
    }
}
