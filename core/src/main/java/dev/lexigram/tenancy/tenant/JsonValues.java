package dev.lexigram.tenancy.tenant;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deep, bounded, unmodifiable copies of the maps that a tenant carries; they hold what JSON can hold. */
final class JsonValues {

    private static final int MAX_KEYS = 256;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_SIZE = 64 * 1024;
    private static final String RULE =
            "256 keys, 64 KiB of JSON, depth 16; text without NUL, numbers, booleans, lists and maps";

    private final String field;
    private long size;

    private JsonValues(String field) {
        this.field = field;
    }

    static Map<String, Object> copyOf(String field, Map<String, Object> map) {
        if (map.isEmpty()) {
            return Map.of();
        }
        if (map.size() > MAX_KEYS) {
            throw InvalidTenantException.of(field, RULE, map.size() + " keys");
        }
        return new JsonValues(field).copyMap(map, 1);
    }

    private Map<String, Object> copyMap(Map<?, ?> map, int depth) {
        var copy = new LinkedHashMap<String, Object>();
        for (var entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw InvalidTenantException.of(field, RULE, "a key that is not text");
            }
            grow(checked(key).length() + 4);
            copy.put(key, copyValue(entry.getValue(), depth + 1));
        }
        return Collections.unmodifiableMap(copy);
    }

    private Object copyValue(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw InvalidTenantException.of(field, RULE, "deeper than " + MAX_DEPTH);
        }
        grow(2);
        if (value instanceof Map<?, ?> map) {
            return copyMap(map, depth);
        }
        if (value instanceof List<?> list) {
            var copy = new ArrayList<Object>();
            for (var item : list) {
                copy.add(copyValue(item, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        return copyScalar(value);
    }

    private Object copyScalar(@Nullable Object value) {
        if (value instanceof String text) {
            grow(checked(text).length() + 1);
            return text;
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            grow(plainLength(BigDecimal.valueOf(number)));
            return number;
        }
        if (value instanceof BigDecimal number) {
            grow(plainLength(number));
            return number;
        }
        if (value != null && isWhole(value)) {
            grow(value.toString().length());
            return value;
        }
        throw InvalidTenantException.of(
                field, RULE, value == null ? "null" : value.getClass().getSimpleName());
    }

    private static boolean isWhole(Object value) {
        return value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger;
    }

    /** What PostgreSQL's jsonb cannot hold. */
    private String checked(String text) {
        if (text.indexOf('\0') >= 0 || !TenantRules.isUnicode(text)) {
            throw InvalidTenantException.of(field, RULE, text);
        }
        return text;
    }

    /** Digits without an exponent: 1E+1000000 is short only until a database writes it out. */
    private static long plainLength(BigDecimal number) {
        return 2L + Math.max(number.precision(), Math.abs((long) number.scale()) + number.precision());
    }

    private void grow(long characters) {
        size += characters;
        if (size > MAX_SIZE) {
            throw InvalidTenantException.of(field, RULE, "more than 64 KiB");
        }
    }
}
