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
            throw InvalidTenantException.because(field, RULE, map.size() + " keys");
        }
        return new JsonValues(field).copyMap(map, 1);
    }

    private Map<String, Object> copyMap(Map<?, ?> map, int depth) {
        grow(2);
        var copy = new LinkedHashMap<String, Object>();
        for (var entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw InvalidTenantException.because(field, RULE, "a key that is not text");
            }
            growByText(key);
            grow(2);
            copy.put(key, copyValue(entry.getValue(), depth + 1));
        }
        return Collections.unmodifiableMap(copy);
    }

    private List<Object> copyList(List<?> list, int depth) {
        grow(2);
        var copy = new ArrayList<Object>();
        for (var item : list) {
            grow(1);
            copy.add(copyValue(item, depth + 1));
        }
        return Collections.unmodifiableList(copy);
    }

    private Object copyValue(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw InvalidTenantException.because(field, RULE, "deeper than " + MAX_DEPTH);
        }
        if (value instanceof Map<?, ?> map) {
            return copyMap(map, depth);
        }
        return value instanceof List<?> list ? copyList(list, depth) : copyScalar(value);
    }

    private Object copyScalar(@Nullable Object value) {
        if (value instanceof String text) {
            growByText(text);
            return text;
        }
        if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            grow(value.toString().length());
            return value;
        }
        if (value instanceof BigInteger number && isShort(number)) {
            grow(number.toString().length());
            return number;
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            grow(plainLength(BigDecimal.valueOf(number)));
            return number;
        }
        if (value instanceof BigDecimal number && isShort(number.unscaledValue())) {
            grow(plainLength(number));
            return number;
        }
        throw InvalidTenantException.because(
                field, RULE, value == null ? "null" : value.getClass().getSimpleName());
    }

    /** Writing out a number of many digits takes long, so bits come first: this many are about 1,200 digits. */
    private static boolean isShort(BigInteger number) {
        return number.bitLength() <= 4_096;
    }

    /** Digits without an exponent: 1E+1000000 is short only until a database writes it out. */
    private static long plainLength(BigDecimal number) {
        return 2L + Math.max(number.precision(), Math.abs((long) number.scale()) + number.precision());
    }

    /** Counts the text, and refuses what PostgreSQL's jsonb cannot hold. */
    private void growByText(String text) {
        if (text.indexOf('\0') >= 0 || !TenantRules.isUnicode(text)) {
            throw InvalidTenantException.of(field, RULE, text);
        }
        grow(bytesInJson(text));
    }

    /** The bytes that the text takes in JSON, quotes and escapes included (RFC 8259, sections 7 and 8.1). */
    private static long bytesInJson(String text) {
        var bytes = text.length() + 2L;
        for (var at = 0; at < text.length(); at++) {
            var symbol = text.charAt(at);
            if (symbol < ' ') {
                bytes += 5;
            } else if (symbol == '"'
                    || symbol == '\\'
                    || (symbol >= 0x80 && symbol < 0x800)
                    || Character.isSurrogate(symbol)) {
                bytes += 1;
            } else if (symbol >= 0x800) {
                bytes += 2;
            }
        }
        return bytes;
    }

    private void grow(long bytes) {
        size += bytes;
        if (size > MAX_SIZE) {
            throw InvalidTenantException.because(field, RULE, "more than 64 KiB");
        }
    }
}
