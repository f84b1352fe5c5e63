package dev.lexigram.tenancy.overrides;

import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.stores.ConfigValue;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the application knows of its keys: their types, their defaults, and what each plan has instead. Immutable.
 *
 * <p>A default that does not fit the type of its key stops the start.
 */
public final class ConfigCatalog {

    public static final ConfigCatalog EMPTY = new ConfigCatalog(Map.of(), Map.of(), Map.of());

    private final Map<String, ConfigKey<?>> keys;
    private final Map<String, ConfigValue> defaults;
    private final Map<String, Map<String, ConfigValue>> plans;
    private final Map<String, ConfigSlot> withoutPlan;
    private final Map<String, Map<String, ConfigSlot>> byPlan = new HashMap<>();

    private ConfigCatalog(
            Map<String, ConfigKey<?>> keys,
            Map<String, ConfigValue> defaults,
            Map<String, Map<String, ConfigValue>> plans) {
        this.keys = keys;
        this.defaults = defaults;
        this.plans = plans;
        this.withoutPlan = slots(defaults, Map.of());
        plans.forEach((plan, values) -> byPlan.put(plan, slots(defaults, values)));
        check();
    }

    /**
     * Registers keys; the default of each becomes the application's.
     *
     * @throws TenancyConfigurationException if a name is registered already, or a default does not fit
     */
    public ConfigCatalog withKeys(ConfigKey<?>... added) {
        var all = new HashMap<>(keys);
        var values = new HashMap<>(defaults);
        for (var key : added) {
            if (all.put(key.name(), key) != null) {
                throw TenancyConfigurationException.of(
                        List.of("configuration key '" + key.name() + "' is registered twice; keep one of them"));
            }
            values.put(key.name(), written(key));
        }
        return new ConfigCatalog(Map.copyOf(all), Map.copyOf(values), plans);
    }

    /** Sets the application's default of a key, whether that is registered or not. */
    public ConfigCatalog withDefault(String key, Object value) {
        var values = new HashMap<>(defaults);
        values.putAll(values(Map.of(key, value)));
        return new ConfigCatalog(keys, Map.copyOf(values), plans);
    }

    /** Sets what tenants of this plan have where nothing is set for them, in place of what was said of it before. */
    public ConfigCatalog withPlan(String plan, Map<String, ?> values) {
        var all = new HashMap<>(plans);
        all.put(plan, values(values));
        return new ConfigCatalog(keys, defaults, Map.copyOf(all));
    }

    /** The registered key of this name. */
    public Optional<ConfigKey<?>> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    /** Whether the values of this name are masked. */
    public boolean isSecret(String name) {
        var key = keys.get(name);
        return key != null && key.isSecret();
    }

    /** Whether only an operator may set this name. */
    public boolean isForOperators(String name) {
        var key = keys.get(name);
        return ConfigKey.isReserved(name) || (key != null && key.isForOperators());
    }

    /** What holds for a tenant of this plan for which nothing is set. */
    Map<String, ConfigSlot> defaultsOf(Optional<String> plan) {
        return plan.map(byPlan::get).orElse(withoutPlan);
    }

    /** @throws TenantConfigException if the key is registered and the value does not fit */
    void checkFits(String name, ConfigValue value) {
        var key = keys.get(name);
        if (key != null) {
            key.read(value);
        }
    }

    private void check() {
        var problems = new ArrayList<String>();
        collect(defaults, "by default", problems);
        plans.forEach((plan, values) -> collect(values, "for a plan", problems));
        if (!problems.isEmpty()) {
            throw TenancyConfigurationException.of(problems);
        }
    }

    private void collect(Map<String, ConfigValue> values, String where, List<String> problems) {
        values.forEach((name, value) -> {
            try {
                checkFits(name, value);
            } catch (TenantConfigException misfit) {
                problems.add("set " + where + ": " + misfit.getMessage());
            }
        });
    }

    private static Map<String, ConfigSlot> slots(Map<String, ConfigValue> defaults, Map<String, ConfigValue> plan) {
        var slots = new HashMap<String, ConfigSlot>();
        defaults.forEach((key, value) -> slots.put(key, new ConfigSlot(value)));
        plan.forEach((key, value) -> slots.put(key, new ConfigSlot(value)));
        return slots;
    }

    private static Map<String, ConfigValue> values(Map<String, ?> stated) {
        var values = new HashMap<String, ConfigValue>();
        stated.forEach((key, value) -> {
            ConfigChange.checkKey(key);
            values.put(key, ConfigValue.of(value));
        });
        return Map.copyOf(values);
    }

    private static <T> ConfigValue written(ConfigKey<T> key) {
        return key.write(key.defaultValue());
    }

    @Override
    public String toString() {
        return "ConfigCatalog[keys=" + keys.keySet() + ", plans=" + plans.keySet() + "]";
    }
}
