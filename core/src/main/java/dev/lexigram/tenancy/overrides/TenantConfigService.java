package dev.lexigram.tenancy.overrides;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.lexigram.tenancy.cache.Coverage;
import dev.lexigram.tenancy.overrides.VersionedMemory.Staleness;
import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is configured for each tenant. A read gives what is set for the tenant, else what its plan has, else the
 * application's default, else the fallback of the call, else nothing.
 *
 * <p>Safe for use by many threads and nodes. Reads come from memory; whoever has written, on this node, reads what was
 * written. An unknown or deleted tenant is a {@code TenantNotFoundException}, text that is no id an
 * {@code InvalidTenantException}, a key or a value that is not allowed a {@link TenantConfigException}. Every change is
 * stored together with a {@code TenantConfigChanged} for each key, and only if something changed. After a
 * {@code TenantUnavailableException} a change may have been stored or not; setting it again settles that.
 */
public final class TenantConfigService {

    private final VersionedMemory<EffectiveConfig> memory;
    private final ConfigCatalog catalog;
    private final ConfigWrites writes;

    private TenantConfigService(VersionedMemory<EffectiveConfig> memory, ConfigCatalog catalog, ConfigWrites writes) {
        this.memory = memory;
        this.catalog = catalog;
        this.writes = writes;
    }

    /** For one node, or for nodes that may see each other's changes as late as {@code cacheTtl}. */
    public static TenantConfigService of(
            TenantStore tenants, TenantConfigProvider provider, OverridesConfig config, ConfigCatalog catalog) {
        return of(tenants, provider, config, catalog, config.cacheTtl(), Coverage.NONE, InstantSource.system());
    }

    /**
     * For several nodes.
     *
     * @param provider of the same tenants as the store; not one that remembers, as the service does that
     * @param maxStaleness how old what is remembered may be where changes are not covered
     * @param coverage of what changes by other nodes do that reach {@link #invalidate}
     * @param clock gives the time of changes
     */
    public static TenantConfigService of(
            TenantStore tenants,
            TenantConfigProvider provider,
            OverridesConfig config,
            ConfigCatalog catalog,
            Duration maxStaleness,
            Coverage coverage,
            InstantSource clock) {
        var staleness = new Staleness(config.cacheTtl(), maxStaleness, coverage, Ticker.systemTicker());
        return of(tenants, provider, config, catalog, staleness, clock);
    }

    static TenantConfigService of(
            TenantStore tenants,
            TenantConfigProvider provider,
            OverridesConfig config,
            ConfigCatalog catalog,
            Staleness staleness,
            InstantSource clock) {
        if (provider instanceof CachedTenantConfigProvider) {
            throw new IllegalArgumentException("the TenantConfigService remembers by itself; give it the provider that"
                    + " the CachedTenantConfigProvider was made of");
        }
        var memory = new VersionedMemory<EffectiveConfig>(
                id -> load(id, tenants, provider, catalog), EffectiveConfig::rank, staleness, config.cacheSize());
        var writes = new ConfigWrites(
                tenants, provider, config.limits(), catalog, clock, memory::invalidate, "system", false);
        return new TenantConfigService(memory, catalog, writes);
    }

    /** The tenant is looked up within the load, so that forgetting the tenant forgets its plan, too. */
    private static EffectiveConfig load(
            TenantId id, TenantStore tenants, TenantConfigProvider provider, ConfigCatalog catalog) {
        return tenants.findById(id)
                .filter(tenant -> tenant.status() != TenantStatus.DELETED)
                .map(tenant -> EffectiveConfig.of(tenant, provider.snapshot(id), catalog))
                .orElse(EffectiveConfig.OF_NOBODY);
    }

    /** The same service, whose changes are told as this actor's. */
    public TenantConfigService by(String actor) {
        return new TenantConfigService(memory, catalog, writes.by(actor, writes.operator()));
    }

    /** The same service for an operator, who may also set what tenants cannot override. */
    public TenantConfigService asOperator(String actor) {
        return new TenantConfigService(memory, catalog, writes.by(actor, true));
    }

    public ConfigCatalog catalog() {
        return catalog;
    }

    /** The text of a scalar, JSON of a list or an object; empty if nothing holds for this key. */
    public Optional<String> getConfig(TenantId tenant, String key) {
        return getEffectiveConfig(tenant).get(key);
    }

    /** As {@link #getConfig(TenantId, String)}, for an id as text. */
    public Optional<String> getConfig(String tenant, String key) {
        return getConfig(TenantId.of(tenant), key);
    }

    /** The same, or the fallback if nothing holds for this key. */
    public String getConfig(TenantId tenant, String key, String fallback) {
        return getConfig(tenant, key).orElse(fallback);
    }

    /** As {@link #getConfig(TenantId, String, String)}, for an id as text. */
    public String getConfig(String tenant, String key, String fallback) {
        return getConfig(TenantId.of(tenant), key, fallback);
    }

    /**
     * The value of this key, or its default if nothing holds for it.
     *
     * @throws TenantConfigException if what holds does not fit
     */
    public <T> T getConfig(TenantId tenant, ConfigKey<T> key) {
        return getEffectiveConfig(tenant).get(key);
    }

    /** As {@link #getConfig(TenantId, ConfigKey)}, for an id as text. */
    public <T> T getConfig(String tenant, ConfigKey<T> key) {
        return getConfig(TenantId.of(tenant), key);
    }

    /** Everything that holds for the tenant now. */
    public EffectiveConfig getEffectiveConfig(TenantId tenant) {
        var effective = memory.get(tenant);
        if (effective == EffectiveConfig.OF_NOBODY) {
            throw TenantNotFoundException.of(tenant);
        }
        return effective;
    }

    /** As {@link #getEffectiveConfig(TenantId)}, for an id as text. */
    public EffectiveConfig getEffectiveConfig(String tenant) {
        return getEffectiveConfig(TenantId.of(tenant));
    }

    /**
     * Sets the key for this tenant.
     *
     * @param value text, a number, a truth value, a list or a map of those
     */
    public void setConfig(TenantId tenant, String key, Object value) {
        writes.apply(tenant, List.of(ConfigChange.set(key, value)));
    }

    /** As {@link #setConfig(TenantId, String, Object)}, for an id as text. */
    public void setConfig(String tenant, String key, Object value) {
        setConfig(TenantId.of(tenant), key, value);
    }

    public <T> void setConfig(TenantId tenant, ConfigKey<T> key, T value) {
        setConfig(tenant, key.name(), key.write(value).value());
    }

    /** Sets all of them, or none. */
    public void setConfigs(TenantId tenant, Map<String, ?> values) {
        writes.apply(
                tenant,
                values.entrySet().stream()
                        .map(entry -> ConfigChange.set(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /** As {@link #setConfigs(TenantId, Map)}, for an id as text. */
    public void setConfigs(String tenant, Map<String, ?> values) {
        setConfigs(TenantId.of(tenant), values);
    }

    /** From now on the default holds again. Not set for this tenant: nothing happens. */
    public void unsetConfig(TenantId tenant, String key) {
        writes.apply(tenant, List.of(ConfigChange.unset(key)));
    }

    /** As {@link #unsetConfig(TenantId, String)}, for an id as text. */
    public void unsetConfig(String tenant, String key) {
        unsetConfig(TenantId.of(tenant), key);
    }

    /**
     * Sets the key if what is set for it still has this version, as {@link EffectiveConfig#versionOf} says it.
     *
     * @param expectedVersion {@link TenantConfigProvider#UNSET} if nothing may be set for this tenant yet
     * @return the version of the key now
     * @throws dev.lexigram.tenancy.tenant.TenantConflictException if it has another version; nothing was stored
     */
    public long compareAndSet(TenantId tenant, String key, long expectedVersion, Object value) {
        var change = ConfigChange.set(key, value).ifVersion(expectedVersion);
        return writes.apply(tenant, List.of(change)).versionOf(key);
    }

    /** As {@link #compareAndSet(TenantId, String, long, Object)}, for an id as text. */
    public long compareAndSet(String tenant, String key, long expectedVersion, Object value) {
        return compareAndSet(TenantId.of(tenant), key, expectedVersion, value);
    }

    /** Forgets what is remembered of this tenant. To be called when the tenant, or what is set for it, changes. */
    public void invalidate(TenantId tenant) {
        memory.invalidate(tenant);
    }

    /** Forgets everything. Nothing that is being loaded now is remembered afterwards. */
    public void invalidateAll() {
        memory.invalidateAll();
    }
}
