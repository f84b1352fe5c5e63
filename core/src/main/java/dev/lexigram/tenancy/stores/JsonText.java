package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.TenantConfigException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Copies a value and writes its JSON (RFC 8259) in one pass, which ends as soon as a limit is passed: a value that
 * refers to itself, or many times to one list, costs no more than the limit.
 */
final class JsonText {

    static final int MAX_LENGTH = 1024 * 1024;

    private static final int MAX_DEPTH = 16;
    private static final int MAX_DIGITS = 1_000;
    private static final String RULE = "text without NUL, numbers of at most 1000 digits, booleans, lists and maps of"
            + " those, depth 16, at most 1 MiB of JSON; to have no value, unset the key";

    private final StringBuilder json = new StringBuilder();

    Object copy(Object value) {
        return copy(value, 1);
    }

    @Override
    public String toString() {
        return json.toString();
    }

    static String quoted(String text) {
        var json = new JsonText();
        json.quote(text);
        return json.toString();
    }

    private Object copy(Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw refused("deeper than " + MAX_DEPTH);
        }
        if (value instanceof Map<?, ?> map) {
            return copyMap(map, depth);
        }
        return value instanceof List<?> list ? copyList(list, depth) : copyScalar(value);
    }

    private Map<String, Object> copyMap(Map<?, ?> map, int depth) {
        var sorted = new TreeMap<String, Object>();
        for (var entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key) || entry.getValue() == null) {
                throw refused("a key that is not text, or null in a map");
            }
            sorted.put(key, entry.getValue());
        }
        json.append('{');
        var separator = "";
        for (var entry : sorted.entrySet()) {
            json.append(separator);
            separator = ",";
            quote(checked(entry.getKey()));
            json.append(':');
            entry.setValue(copy(entry.getValue(), depth + 1));
        }
        append("}");
        return Collections.unmodifiableMap(sorted);
    }

    private List<Object> copyList(List<?> list, int depth) {
        var copy = new ArrayList<Object>();
        json.append('[');
        for (var item : list) {
            if (!copy.isEmpty()) {
                json.append(',');
            }
            copy.add(copy(item, depth + 1));
        }
        append("]");
        return Collections.unmodifiableList(copy);
    }

    private Object copyScalar(Object value) {
        if (value instanceof String text) {
            quote(checked(text));
            return text;
        }
        if (value instanceof Boolean) {
            append(value.toString());
            return value;
        }
        var number = number(value);
        append(number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString());
        return number;
    }

    /** The same number by value, whatever type it came in and goes through a database as. */
    private static Number number(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger whole) {
            return whole(new BigDecimal(whole));
        }
        if (value instanceof BigDecimal decimal) {
            return whole(decimal);
        }
        var isFinite = value instanceof Double number && Double.isFinite(number)
                || value instanceof Float single && Float.isFinite(single);
        if (!isFinite) {
            throw refused(value == null ? "null" : value.getClass().getSimpleName());
        }
        return whole(new BigDecimal(value.toString()));
    }

    private static Number whole(BigDecimal number) {
        // Digits are counted before they are written out, which takes long if there are many.
        var bits = number.unscaledValue().bitLength();
        if (bits > 4 * MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
            throw refused("a number of more than " + MAX_DIGITS + " digits");
        }
        if (number.scale() > 0) {
            return number;
        }
        var whole = number.toBigIntegerExact();
        return whole.bitLength() < Long.SIZE ? (Number) whole.longValueExact() : whole;
    }

    /** What PostgreSQL's jsonb cannot hold, or would hold as something else, is no text. */
    private static String checked(String text) {
        if (text.length() > MAX_LENGTH) {
            throw refused("more than 1 MiB");
        }
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw refused("text with a NUL or half a surrogate");
        }
        return text;
    }

    private void quote(String text) {
        json.append('"');
        for (var at = 0; at < text.length(); at++) {
            var symbol = text.charAt(at);
            if (symbol == '"' || symbol == '\\') {
                json.append('\\').append(symbol);
            } else if (symbol < ' ') {
                json.append(String.format("\\u%04x", (int) symbol));
            } else {
                json.append(symbol);
            }
        }
        append("\"");
    }

    private void append(String part) {
        json.append(part);
        if (json.length() > MAX_LENGTH) {
            throw refused("more than 1 MiB");
        }
    }

    private static TenantConfigException refused(String wrong) {
        return TenantConfigException.value(wrong, RULE);
    }
}
