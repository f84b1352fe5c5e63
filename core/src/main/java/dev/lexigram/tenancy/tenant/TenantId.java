package dev.lexigram.tenancy.tenant;

import java.io.Serializable;
import java.util.Optional;

/**
 * The identity of a tenant: opaque, immutable and never used again.
 *
 * <p>At most 56 ASCII characters, so that a physical name made of {@code tenant_} and the id fits PostgreSQL's 63 bytes
 * (PostgreSQL documentation, "Identifiers and Key Words"). Compared byte for byte.
 */
public record TenantId(String value) implements Comparable<TenantId>, Serializable {

    private static final long serialVersionUID = 1L;

    /** The longest id, in characters. */
    public static final int MAX_LENGTH = 56;

    private static final String FORM = "[A-Za-z0-9][A-Za-z0-9_-]{0,55}";

    /**
     * Checks every value.
     *
     * @throws InvalidTenantException if the text is not an id, or is a reserved word
     */
    public TenantId {
        if (!isWellFormed(value)) {
            throw InvalidTenantException.of("id", FORM + ", no reserved word", value);
        }
    }

    /** The id with this text. */
    public static TenantId of(String value) {
        return new TenantId(value);
    }

    /** A new id: a UUID of version 7 (RFC 9562), in lower case. */
    public static TenantId generate() {
        return new TenantId(Uuid7.next().toString());
    }

    /** The id with this text, or empty if no tenant can have such an id. For text that comes from outside. */
    public static Optional<TenantId> parse(String text) {
        return isWellFormed(text) ? Optional.of(new TenantId(text)) : Optional.empty();
    }

    private static boolean isWellFormed(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && Ascii.isLetterOrDigit(text.charAt(0))
                && hasOnlyIdCharacters(text)
                && !ReservedNames.contains(text);
    }

    private static boolean hasOnlyIdCharacters(String text) {
        for (var at = 0; at < text.length(); at++) {
            if (!Ascii.isIdSymbol(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
