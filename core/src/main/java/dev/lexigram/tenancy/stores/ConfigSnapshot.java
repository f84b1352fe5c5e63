package dev.lexigram.tenancy.stores;

import java.util.Map;
import java.util.Optional;

/**
 * Everything that is set for one tenant at one moment. Immutable.
 *
 * @param version grows by one with every change that changed something; 0 if nothing was ever set
 * @param entries by key
 */
public record ConfigSnapshot(long version, Map<String, ConfigEntry> entries) {

    public static final ConfigSnapshot EMPTY = new ConfigSnapshot(0, Map.of());

    /** Copies the map. */
    public ConfigSnapshot {
        entries = Map.copyOf(entries);
    }

    public Optional<ConfigEntry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The version of this key's value, or {@link TenantConfigProvider#UNSET}. */
    public long versionOf(String key) {
        var entry = entries.get(key);
        return entry == null ? TenantConfigProvider.UNSET : entry.version();
    }

    /** Never the values, some of which may be secrets. */
    @Override
    public String toString() {
        return "ConfigSnapshot[version=" + version + ", keys=" + entries.keySet() + "]";
    }
}
