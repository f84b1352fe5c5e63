package dev.lexigram.tenancy;

import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration.
 *
 * @param path its name below {@code tenancy}, in lower case, joined by dots
 * @param meaning one sentence for the reference
 * @param get reads it from a configuration
 * @param set gives a configuration that differs in this key only
 */
record Setting<T>(
        String path,
        ValueType<T> type,
        String meaning,
        Function<TenancyConfig, T> get,
        BiFunction<TenancyConfig, T, TenancyConfig> set) {

    static final String PREFIX = "LEX_TENANCY__";

    /** The environment variable of this key. */
    String variable() {
        return PREFIX + path.replace(".", "__").toUpperCase(Locale.ROOT);
    }

    /** Reads what is stated under this name into the configuration, or says what is wrong and leaves it as it is. */
    TenancyConfig apply(TenancyConfig config, String name, @Nullable Object stated, Problems problems) {
        var value = type.reader().apply(stated);
        if (value.isEmpty()) {
            problems.add(name + " must be " + type.rule() + ", but is " + type.shown(stated));
            return config;
        }
        try {
            return set.apply(config, value.get());
        } catch (IllegalArgumentException outOfRange) {
            problems.add(name + ": " + outOfRange.getMessage());
            return config;
        }
    }

    /** The record that holds some keys, and how it is reached from the whole configuration. */
    record Section<S>(String path, Function<TenancyConfig, S> get, BiFunction<TenancyConfig, S, TenancyConfig> set) {

        <T> Setting<T> setting(
                String name, ValueType<T> type, Function<S, T> read, BiFunction<S, T, S> write, String meaning) {
            return new Setting<>(
                    path + "." + name,
                    type,
                    meaning,
                    config -> read.apply(get.apply(config)),
                    (config, value) -> set.apply(config, write.apply(get.apply(config), value)));
        }
    }
}
