package dev.lexigram.tenancy.stores;

import java.nio.charset.StandardCharsets;

/**
 * A value of a tenant's configuration: what JSON can hold, but null. Immutable, a copy of what was given.
 *
 * <p>It is data and nothing else: no text in it is ever evaluated. Whole numbers are equal whatever type they came in,
 * and the members of an object are in alphabetical order, so that every store gives the same text back.
 */
public final class ConfigValue {

    private final Object value;
    private final String text;
    private final int bytes;

    private ConfigValue(Object value, String json) {
        this.value = value;
        this.text = value instanceof String string ? string : json;
        this.bytes = json.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * The value that this text, number, truth value, list or map is.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantConfigException if JSON cannot hold it, if it is or contains null, is
     *     deeper than 16 or longer than 1 MiB
     */
    public static ConfigValue of(Object value) {
        var json = new JsonText();
        var copy = json.copy(value);
        return new ConfigValue(copy, json.toString());
    }

    /** A {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code BigDecimal}, {@code List} or {@code Map}. */
    public Object value() {
        return value;
    }

    /** The text of a scalar as it is; JSON of a list or an object. */
    public String text() {
        return text;
    }

    public String json() {
        return value instanceof String string ? JsonText.quoted(string) : text;
    }

    /** How long the JSON is, in UTF-8. */
    public int bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigValue that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Never the value, which may be a secret. */
    @Override
    public String toString() {
        return "ConfigValue(" + bytes + " bytes)";
    }
}
