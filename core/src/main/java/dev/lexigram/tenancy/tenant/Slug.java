package dev.lexigram.tenancy.tenant;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The short readable name of a tenant, as in {@code acme.example.com}; unique, and a label of DNS (RFC 1123, section
 * 2.1).
 *
 * <p>A look-up key, never the identity: it may be given to another tenant later.
 */
public record Slug(String value) {

    /** The longest slug, in characters. */
    public static final int MAX_LENGTH = 63;

    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern UUID_SHAPE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /**
     * Checks every value.
     *
     * @throws InvalidTenantException if the text is not a slug, or is a reserved word
     */
    public Slug {
        if (!isWellFormed(value)) {
            throw InvalidTenantException.of("slug", FORM.pattern() + ", no UUID, no 'xn--', no reserved word", value);
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
        return isLabel(text)
                && !text.startsWith("xn--")
                && !UUID_SHAPE.matcher(text).matches();
    }

    private static boolean isLabel(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches() && !ReservedNames.contains(text);
    }

    static boolean isPlanName(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
