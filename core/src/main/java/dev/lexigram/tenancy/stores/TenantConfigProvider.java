package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.TenantId;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what is set for each tenant. Safe for use by many threads; every implementation passes
 * {@code TenantConfigProviderContract} of the testkit.
 *
 * <p>It knows nothing of defaults and of who may set what; {@code TenantConfigService} does, and is what an application
 * uses. A provider keeps configuration also for a tenant that is not there yet, but for none that was deleted.
 */
public interface TenantConfigProvider {

    /** The version of a key that is not set. */
    long UNSET = 0;

    /**
     * Everything that is set for this tenant; empty for one that is not known.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantUnavailableException if the store cannot say
     */
    ConfigSnapshot snapshot(TenantId tenant);

    /**
     * Stores all the changes and the events that report them, or nothing.
     *
     * @return everything that is set now
     * @throws dev.lexigram.tenancy.tenant.TenantConflictException if a key has another version than the expected one
     * @throws dev.lexigram.tenancy.tenant.TenantConfigException if a limit is passed
     * @throws dev.lexigram.tenancy.tenant.TenantNotFoundException if the tenant was deleted, or must exist and does not
     * @throws dev.lexigram.tenancy.tenant.TenantUnavailableException if the store cannot say; it may have been stored
     */
    ConfigSnapshot apply(TenantId tenant, ConfigUpdate update);

    /** The text of a scalar, JSON of a list or an object; empty if the key is not set. */
    default Optional<String> getConfig(String tenant, String key) {
        var id = TenantId.of(tenant);
        ConfigChange.checkKey(key);
        return snapshot(id).entry(key).map(entry -> entry.value().text());
    }

    default void setConfig(String tenant, String key, Object value) {
        apply(TenantId.of(tenant), ConfigUpdate.of(ConfigChange.set(key, value)));
    }

    /** Not set already: nothing happens. */
    default void unsetConfig(String tenant, String key) {
        apply(TenantId.of(tenant), ConfigUpdate.of(ConfigChange.unset(key)));
    }

    /**
     * Sets the key if it still has this version.
     *
     * @param expectedVersion {@link #UNSET} for a key that must not be set yet
     * @return the version of the key now
     */
    default long compareAndSet(String tenant, String key, long expectedVersion, Object value) {
        var change = ConfigChange.set(key, value).ifVersion(expectedVersion);
        return apply(TenantId.of(tenant), ConfigUpdate.of(change)).versionOf(key);
    }

    /** Sets all, or none. */
    default void setConfigs(String tenant, Map<String, ?> values) {
        var changes = values.entrySet().stream()
                .map(entry -> ConfigChange.set(entry.getKey(), entry.getValue()))
                .toArray(ConfigChange[]::new);
        apply(TenantId.of(tenant), ConfigUpdate.of(changes));
    }
}
