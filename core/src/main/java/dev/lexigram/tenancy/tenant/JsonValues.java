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
    private static final String RULE = "256 keys, 64 KiB of JSON, depth 16; text, numbers, booleans, lists and maps";

    private final String field;
    private int size;

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
            grow(key.length() + 4);
            copy.put(key, copyValue(entry.getValue(), depth + 1));
        }
        return Collections.unmodifiableMap(copy);
    }

    private Object copyValue(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw InvalidTenantException.of(field, RULE, "deeper than " + MAX_DEPTH);
        }
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
            grow(text.length() + 3);
            return text;
        }
        if (value != null && (value instanceof Boolean || isFiniteNumber(value))) {
            grow(value.toString().length() + 1);
            return value;
        }
        throw InvalidTenantException.of(
                field, RULE, value == null ? "null" : value.getClass().getSimpleName());
    }

    private static boolean isFiniteNumber(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof BigDecimal
                || value instanceof BigInteger
                || (value instanceof Double number && Double.isFinite(number));
    }

    private void grow(int characters) {
        size += characters;
        if (size > MAX_SIZE) {
            throw InvalidTenantException.of(field, RULE, "more than 64 KiB");
        }
    }
}
