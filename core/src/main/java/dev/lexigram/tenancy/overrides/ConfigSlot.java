package dev.lexigram.tenancy.overrides;

import dev.lexigram.tenancy.stores.ConfigValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value, and what the key that asked for it last has read in it. Safe for use by many threads. */
final class ConfigSlot {

    private record Typed(ConfigKey<?> key, Object value) {}

    private final ConfigValue value;
    private final Optional<String> text; // made once, so that a read allocates nothing
    private @Nullable Typed typed; // a race only reads once more: the record's fields are final

    ConfigSlot(ConfigValue value) {
        this.value = value;
        this.text = Optional.of(value.text());
    }

    Optional<String> text() {
        return text;
    }

    ConfigValue value() {
        return value;
    }

    /** @throws dev.lexigram.tenancy.tenant.TenantConfigException if the value does not fit */
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
