package dev.lexigram.tenancy.overrides;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import java.util.Optional;

/**
 * What is configured for the current tenant. With no tenant bound every read is a {@code TenantRequiredException}. Safe
 * for use by many threads.
 */
public final class TenantConfig {

    private final TenantConfigService configs;

    public TenantConfig(TenantConfigService configs) {
        this.configs = configs;
    }

    /** The text of a scalar, JSON of a list or an object; empty if nothing holds for this key. */
    public Optional<String> get(String key) {
        return all().get(key);
    }

    public String get(String key, String fallback) {
        return get(key).orElse(fallback);
    }

    /**
     * The value of this key, or its default if nothing holds for it.
     *
     * @throws TenantConfigException if what holds does not fit
     */
    public <T> T get(ConfigKey<T> key) {
        return all().get(key);
    }

    /**
     * The value of this key as this type, which {@link #canRead} must know; empty if nothing holds for it.
     *
     * @throws TenantConfigException if what holds does not fit the type, or the registered key of this name
     */
    public Optional<Object> get(String key, Class<?> type) {
        var kind = ConfigType.of(type)
                .orElseThrow(() -> new IllegalArgumentException("a value of the configuration may be text, a truth"
                        + " value, a whole number, a BigDecimal, a Duration or an enum, but not a " + type.getName()));
        return all().value(key).map(value -> {
            configs.catalog().checkFits(key, value);
            Optional<?> read = kind.reader().apply(value);
            return read.orElseThrow(() -> TenantConfigException.misfit(key, kind.rule()));
        });
    }

    /** Whether values can be read as this type: text, truth values, whole numbers, BigDecimal, Duration and enums. */
    public static boolean canRead(Class<?> type) {
        return ConfigType.of(type).isPresent();
    }

    /** Everything that holds for the current tenant. */
    public EffectiveConfig all() {
        return configs.getEffectiveConfig(TenantContext.require().id());
    }
}
