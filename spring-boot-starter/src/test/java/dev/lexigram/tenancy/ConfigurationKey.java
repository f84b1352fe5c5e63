package dev.lexigram.tenancy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A key of the configuration as a reader of its reference sees it.
 *
 * @param path below {@code tenancy}, with underscores
 * @param type the Java type that its values have in metadata
 * @param standard its default as one writes it; empty for none
 * @param rule what may be written
 */
record ConfigurationKey(String path, String variable, String type, String standard, String meaning, String rule) {

    private static final Pattern CHOICE = Pattern.compile(".*?\\bone of ([a-z_]+(?:, [a-z_]+)*).*");

    /** Every key that the library accepts, in the order in which it knows them. */
    static List<ConfigurationKey> all() {
        return Settings.all().stream().map(ConfigurationKey::of).toList();
    }

    private static ConfigurationKey of(Setting<?> setting) {
        var value = setting.get().apply(TenancyConfig.DEFAULTS);
        return new ConfigurationKey(
                setting.path(),
                setting.variable(),
                type(value, setting.type().rule()),
                standard(value),
                setting.meaning(),
                setting.type().rule());
    }

    /** The section that it belongs to; empty for the library as a whole. */
    String section() {
        return path.contains(".") ? path.substring(0, path.indexOf('.')) : "";
    }

    /** As Spring Boot wants names in metadata. */
    String property() {
        return "tenancy." + path.replace('_', '-');
    }

    /** The values among which it chooses, if it does. */
    List<String> choices() {
        var choice = CHOICE.matcher(rule);
        return choice.matches() ? Arrays.asList(choice.group(1).split(", ")) : List.of();
    }

    private static String type(Object value, String rule) {
        if (value instanceof Map) {
            return "java.util.Map<java.lang.String,java.util.List<java.lang.String>>";
        }
        if (value instanceof Collection || value instanceof Optional && rule.startsWith("a list")) {
            return "java.util.List<java.lang.String>";
        }
        return value instanceof Enum || value instanceof Optional
                ? String.class.getName()
                : value.getClass().getName();
    }

    private static String standard(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(ConfigurationKey::standard).orElse("");
        }
        if (value instanceof Duration duration) {
            return duration.toSeconds() + "s";
        }
        if (value instanceof Enum<?> constant) {
            return ValueType.wireName(constant);
        }
        if (value instanceof Collection<?> elements) {
            return elements.stream().map(Object::toString).collect(Collectors.joining(","));
        }
        return value instanceof Map<?, ?> map && map.isEmpty() ? "" : value.toString();
    }
}
