package dev.lexigram.tenancy.overrides;

import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.stores.ConfigSnapshot;
import dev.lexigram.tenancy.stores.ConfigValue;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantConfigChanged;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that holds for one tenant at one moment: what is set for it, then what its plan says, then the
 * application's defaults. Immutable, and safe for use by many threads.
 */
public final class EffectiveConfig {

    /** In place of the configuration of a tenant that there is not. */
    static final EffectiveConfig OF_NOBODY =
            new EffectiveConfig(ConfigSnapshot.EMPTY, Map.of(), Map.of(), ConfigCatalog.EMPTY);

    private final ConfigSnapshot overrides;
    private final Map<String, ConfigSlot> own;
    private final Map<String, ConfigSlot> defaults; // shared by all tenants of the plan
    private final ConfigCatalog catalog;

    private EffectiveConfig(
            ConfigSnapshot overrides,
            Map<String, ConfigSlot> own,
            Map<String, ConfigSlot> defaults,
            ConfigCatalog catalog) {
        this.overrides = overrides;
        this.own = own;
        this.defaults = defaults;
        this.catalog = catalog;
    }

    static EffectiveConfig of(Tenant tenant, ConfigSnapshot overrides, ConfigCatalog catalog) {
        var own = new HashMap<String, ConfigSlot>();
        overrides.entries().forEach((key, entry) -> own.put(key, new ConfigSlot(entry.value())));
        return new EffectiveConfig(overrides, own, catalog.defaultsOf(Optional.ofNullable(tenant.plan())), catalog);
    }

    /** The text of a scalar, JSON of a list or an object; empty if nothing holds for this key. */
    public Optional<String> get(String key) {
        var slot = slot(key);
        if (slot == null) {
            ConfigChange.checkKey(key);
            return Optional.empty();
        }
        return slot.text();
    }

    /**
     * The value of this key, or its default if nothing holds for it.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantConfigException if what holds does not fit
     */
    public <T> T get(ConfigKey<T> key) {
        var slot = slot(key.name());
        return slot == null ? key.defaultValue() : slot.read(key);
    }

    /** The value as JSON has it. */
    Optional<ConfigValue> value(String key) {
        ConfigChange.checkKey(key);
        return Optional.ofNullable(slot(key)).map(ConfigSlot::value);
    }

    /** The version of what is set for this key, or {@code TenantConfigProvider.UNSET}: what compare-and-set asks for. */
    public long versionOf(String key) {
        return overrides.versionOf(key);
    }

    /** The version of all that is set for the tenant. */
    public long version() {
        return overrides.version();
    }

    /** Orders what is remembered; nothing is, of a tenant that there is not. */
    long rank() {
        return this == OF_NOBODY ? VersionedMemory.FLEETING : version();
    }

    public Set<String> keys() {
        var keys = new HashSet<>(defaults.keySet());
        keys.addAll(own.keySet());
        return Set.copyOf(keys);
    }

    /** All as text, in alphabetical order, for showing it: a secret is {@code ***}. */
    public Map<String, String> shown() {
        var shown = new TreeMap<String, String>();
        for (var key : keys()) {
            shown.put(key, catalog.isSecret(key) ? TenantConfigChanged.MASK : get(key).orElseThrow());
        }
        return shown;
    }

    @Override
    public String toString() {
        return "EffectiveConfig[version=" + version() + ", " + shown() + "]";
    }

    private @Nullable ConfigSlot slot(String key) {
        var slot = own.get(key);
        return slot != null ? slot : defaults.get(key);
    }
}
