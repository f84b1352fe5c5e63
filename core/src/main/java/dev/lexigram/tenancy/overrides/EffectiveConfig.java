package dev.lexigram.tenancy.overrides;

import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.stores.ConfigSnapshot;
import dev.lexigram.tenancy.stores.ConfigValue;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantConfigChanged;
import java.util.HashMap;
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
    static final EffectiveConfig OF_NOBODY = new EffectiveConfig(ConfigSnapshot.EMPTY, Map.of(), ConfigCatalog.EMPTY);

    private final ConfigSnapshot overrides;
    private final Map<String, Slot> slots;
    private final ConfigCatalog catalog;

    private EffectiveConfig(ConfigSnapshot overrides, Map<String, Slot> slots, ConfigCatalog catalog) {
        this.overrides = overrides;
        this.slots = slots;
        this.catalog = catalog;
    }

    static EffectiveConfig of(Tenant tenant, ConfigSnapshot overrides, ConfigCatalog catalog) {
        var slots = new HashMap<String, Slot>();
        catalog.defaultsOf(Optional.ofNullable(tenant.plan())).forEach((key, value) -> slots.put(key, new Slot(value)));
        overrides.entries().forEach((key, entry) -> slots.put(key, new Slot(entry.value())));
        return new EffectiveConfig(overrides, slots, catalog);
    }

    /** The text of a scalar, JSON of a list or an object; empty if nothing holds for this key. */
    public Optional<String> get(String key) {
        var slot = slots.get(key);
        if (slot == null) {
            ConfigChange.checkKey(key);
            return Optional.empty();
        }
        return Optional.of(slot.value.text());
    }

    /**
     * The value of this key, or its default if nothing holds for it.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantConfigException if what holds does not fit
     */
    public <T> T get(ConfigKey<T> key) {
        var slot = slots.get(key.name());
        return slot == null ? key.defaultValue() : slot.read(key);
    }

    /** The value as JSON has it. */
    Optional<ConfigValue> value(String key) {
        ConfigChange.checkKey(key);
        return Optional.ofNullable(slots.get(key)).map(slot -> slot.value);
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
        return Set.copyOf(slots.keySet());
    }

    /** All as text, in alphabetical order, for showing it: a secret is {@code ***}. */
    public Map<String, String> shown() {
        var shown = new TreeMap<String, String>();
        slots.forEach(
                (key, slot) -> shown.put(key, catalog.isSecret(key) ? TenantConfigChanged.MASK : slot.value.text()));
        return shown;
    }

    @Override
    public String toString() {
        return "EffectiveConfig[version=" + version() + ", " + shown() + "]";
    }

    /** A value, and what the key that asked for it last has read in it. */
    private static final class Slot {

        private record Typed(ConfigKey<?> key, Object value) {}

        private final ConfigValue value;
        private @Nullable Typed typed; // a race only reads once more: the record's fields are final

        Slot(ConfigValue value) {
            this.value = value;
        }

        @SuppressWarnings("unchecked")
        <T> T read(ConfigKey<T> key) {
            var known = typed;
            if (known != null && known.key == key) {
                return (T) known.value;
            }
            var read = key.read(value);
            typed = new Typed(key, read);
            return read;
        }
    }
}
