package dev.lexigram.tenancy;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One kind of value: how it is read from what a file, a framework or the environment states.
 *
 * @param rule what to write, so that "must be" can stand before it
 * @param secret whether a wrong value must not be shown
 * @param reader gives the value, or empty when what is stated breaks the rule; null is what a key without value states
 */
record ValueType<T>(String rule, boolean secret, Function<@Nullable Object, Optional<T>> reader) {

    private static final Duration LONGEST = Duration.ofDays(3650); // far from where nanoseconds overflow
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}s?");
    private static final Pattern SHARE = Pattern.compile("[01](\\.[0-9]{1,6})?");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,10}");

    static ValueType<Boolean> bool() {
        return visible("true or false (also yes, no, on, off, 1, 0)", ValueType::readBool);
    }

    static ValueType<Integer> wholeNumber(int least, int most) {
        var rule = least == Integer.MIN_VALUE ? "a whole number" : "a whole number of at least " + least;
        return visible(
                most == Integer.MAX_VALUE ? rule : "a whole number from " + least + " to " + most,
                stated -> readWhole(stated)
                        .filter(number -> number >= least && number <= most)
                        .map(Math::toIntExact));
    }

    /** More than nothing, and at most everything. */
    static ValueType<Double> share() {
        return visible(
                "a number above 0 and at most 1, such as 0.2",
                stated -> SHARE.matcher(String.valueOf(stated)).matches()
                        ? Optional.of(Double.valueOf(String.valueOf(stated))).filter(share -> share > 0 && share <= 1)
                        : Optional.empty());
    }

    static ValueType<Duration> duration(Duration least) {
        return visible(
                "a duration of at least " + least.toSeconds()
                        + " s and at most 10 years: whole seconds, or as in 30s, or ISO-8601 as in PT30S",
                stated -> readDuration(stated)
                        .filter(duration -> duration.compareTo(least) >= 0 && duration.compareTo(LONGEST) <= 0));
    }

    /** One of these constants, written in lower case. */
    static <E extends Enum<E>> ValueType<E> oneOf(List<E> constants) {
        var names = constants.stream().map(ValueType::wireName).toList();
        return visible(
                "one of " + String.join(", ", names),
                stated -> stated instanceof String text && names.contains(text)
                        ? Optional.of(constants.get(names.indexOf(text)))
                        : Optional.empty());
    }

    /** Text that matches as a whole; a number or a truth value is not taken for text. */
    static ValueType<String> text(String rule, Pattern form) {
        return visible(rule, stated -> readText(stated, form));
    }

    /** The same type, in which no value, or an empty one, means none. */
    ValueType<Optional<T>> orNone() {
        return new ValueType<>(rule + ", or nothing for none", secret, this::readOrNone);
    }

    /** The same type, whose values are never shown. */
    ValueType<T> asSecret() {
        return new ValueType<>(rule, true, reader);
    }

    static <T> ValueType<T> visible(String rule, Function<@Nullable Object, Optional<T>> reader) {
        return new ValueType<>(rule, false, reader);
    }

    static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static Optional<String> readText(@Nullable Object stated, Pattern form) {
        return stated instanceof String text && form.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** What is stated as it may stand in a message. */
    String shown(@Nullable Object stated) {
        if (stated == null) {
            return "nothing";
        }
        if (stated instanceof Map) {
            return "a section";
        }
        if (stated instanceof Iterable) {
            return "a list";
        }
        return secret ? "something else" : Problems.shown(stated.toString());
    }

    private Optional<Optional<T>> readOrNone(@Nullable Object stated) {
        var isBlank = stated instanceof String text && text.isBlank();
        if (stated == null || isBlank) {
            return Optional.of(Optional.empty());
        }
        var value = reader.apply(stated);
        return value.isPresent() ? Optional.of(value) : Optional.empty();
    }

    private static Optional<Boolean> readBool(@Nullable Object stated) {
        if (stated == null || stated instanceof Map || stated instanceof Iterable) {
            return Optional.empty();
        }
        return switch (stated.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> Optional.of(true);
            case "false", "no", "off", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Long> readWhole(@Nullable Object stated) {
        if (stated instanceof Integer || stated instanceof Long) {
            return Optional.of(((Number) stated).longValue());
        }
        if (stated instanceof BigInteger) {
            return Optional.empty();
        }
        return readText(stated instanceof String text ? text.strip() : stated, WHOLE)
                .map(Long::parseLong);
    }

    private static Optional<Duration> readDuration(@Nullable Object stated) {
        if (stated instanceof Integer || stated instanceof Long) {
            return Optional.of(Duration.ofSeconds(((Number) stated).longValue()));
        }
        if (!(stated instanceof String text) || text.length() > 40) {
            return Optional.empty();
        }
        var written = text.strip();
        if (SECONDS.matcher(written).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(written.replace("s", ""))));
        }
        try {
            return Optional.of(Duration.parse(written));
        } catch (DateTimeException noDuration) {
            return Optional.empty();
        }
    }
}
