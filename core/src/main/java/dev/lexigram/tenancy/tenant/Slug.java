package dev.lexigram.tenancy.tenant;

import java.util.Optional;

/**
 * The short readable name of a tenant, as in {@code acme.example.com}; unique, and a label of DNS (RFC 1123, section
 * 2.1).
 *
 * <p>A look-up key, never the identity: it may be given to another tenant later.
 */
public record Slug(String value) {

    /** The longest slug, in characters. */
    public static final int MAX_LENGTH = 63;

    private static final String FORM = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String UUID_SHAPE = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    /**
     * Checks every value.
     *
     * @throws InvalidTenantException if the text is not a slug, or is a reserved word
     */
    public Slug {
        if (!isWellFormed(value)) {
            throw InvalidTenantException.of("slug", FORM + ", no UUID, no 'xn--', no reserved word", value);
        }
    }

    /** The slug with this text. */
    public static Slug of(String value) {
        return new Slug(value);
    }

    /** The slug with this text, or empty if no tenant can have such a slug. For text that comes from outside. */
    public static Optional<Slug> parse(String text) {
        return isWellFormed(text) ? Optional.of(new Slug(text)) : Optional.empty();
    }

    private static boolean isWellFormed(String text) {
        return isLabel(text) && !text.startsWith("xn--") && !isShapedLikeUuid(text) && !ReservedNames.contains(text);
    }

    /** The grammar alone, which names of plans share. */
    static boolean isLabel(String text) {
        var length = text.length();
        if (length == 0 || length > MAX_LENGTH || text.charAt(0) == '-' || text.charAt(length - 1) == '-') {
            return false;
        }
        for (var at = 0; at < length; at++) {
            var symbol = text.charAt(at);
            if (!Ascii.isLowerCase(symbol) && !Ascii.isDigit(symbol) && symbol != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isShapedLikeUuid(String label) {
        if (label.length() != UUID_SHAPE.length()) {
            return false;
        }
        for (var at = 0; at < label.length(); at++) {
            var symbol = label.charAt(at);
            if (symbol > 'f' || (symbol == '-') != (UUID_SHAPE.charAt(at) == '-')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
