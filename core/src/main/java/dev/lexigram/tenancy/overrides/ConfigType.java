package dev.lexigram.tenancy.overrides;

import dev.lexigram.tenancy.stores.ConfigValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One kind of typed value: how it is read from JSON, and written. What is not exactly of the kind is not read at all;
 * no text is evaluated, and no class is named by one.
 *
 * @param rule what a value must be, so that "must be" can stand before it
 */
record ConfigType<T>(String rule, Function<ConfigValue, Optional<T>> reader, Function<T, ?> writer) {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,100}(\\.[0-9]{1,100})?");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}s?");
    private static final int MAX_DURATION_LENGTH = 40;

    static final ConfigType<String> TEXT = new ConfigType<>("text", value -> Optional.of(value.text()), typed -> typed);

    static final ConfigType<Boolean> BOOL = new ConfigType<>("true or false", ConfigType::readBool, typed -> typed);

    static final ConfigType<Integer> INTEGER = new ConfigType<>(
            "a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE,
            value -> readLong(value)
                    .filter(number -> number == number.intValue())
                    .map(Long::intValue),
            typed -> typed);

    static final ConfigType<Long> LONG =
            new ConfigType<>("a whole number of 64 bits", ConfigType::readLong, typed -> typed);

    static final ConfigType<BigDecimal> NUMBER =
            new ConfigType<>("a number such as 2 or 0.5", ConfigType::readNumber, typed -> typed);

    static final ConfigType<Duration> DURATION = new ConfigType<>(
            "a duration: whole seconds, or as in 30s, or ISO-8601 as in PT30S",
            ConfigType::readDuration,
            Duration::toString);

    static <E extends Enum<E>> ConfigType<E> oneOf(Class<E> type) {
        var names = Stream.of(type.getEnumConstants())
                .collect(Collectors.toUnmodifiableMap(ConfigType::wireName, Function.identity()));
        return new ConfigType<>(
                "one of " + String.join(", ", names.keySet().stream().sorted().toList()),
                value -> Optional.ofNullable(names.get(value.text())),
                ConfigType::wireName);
    }

    /** The kind of this class, or of the class that this primitive stands for; empty if there is none. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static Optional<ConfigType<?>> of(Class<?> type) {
        if (type.isEnum()) {
            return Optional.of(oneOf((Class<? extends Enum>) type));
        }
        return Optional.ofNullable(
                switch (type.getName()) {
                    case "java.lang.String" -> TEXT;
                    case "boolean", "java.lang.Boolean" -> BOOL;
                    case "int", "java.lang.Integer" -> INTEGER;
                    case "long", "java.lang.Long" -> LONG;
                    case "java.math.BigDecimal" -> NUMBER;
                    case "java.time.Duration" -> DURATION;
                    default -> null;
                });
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Boolean> readBool(ConfigValue value) {
        return switch (value.text()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Long> readLong(ConfigValue value) {
        if (value.value() instanceof Long number) {
            return Optional.of(number);
        }
        if (!(value.value() instanceof String text) || !matches(text, WHOLE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> readNumber(ConfigValue value) {
        var isNumber = value.value() instanceof Number || value.value() instanceof String;
        return isNumber && matches(value.text(), DECIMAL)
                ? Optional.of(new BigDecimal(value.text()))
                : Optional.empty();
    }

    private static Optional<Duration> readDuration(ConfigValue value) {
        var text = value.text();
        if (text.length() > MAX_DURATION_LENGTH) {
            return Optional.empty();
        }
        if (matches(text, SECONDS)) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text.replace("s", ""))));
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException | ArithmeticException noDuration) {
            return Optional.empty();
        }
    }

    private static boolean matches(String text, Pattern form) {
        return text.length() <= 202 && form.matcher(text).matches();
    }
}
