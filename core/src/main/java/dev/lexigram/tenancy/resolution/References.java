package dev.lexigram.tenancy.resolution;

/**
 * The grammar of references, and the few operations on ASCII text that resolvers need. Length comes first, so that the
 * cost does not grow with what a client sends; nothing is folded before it is known to be ASCII; nothing allocates.
 */
final class References {

    /** The grammar, for messages; {@link #isReference} is the check. */
    static final String FORM = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";

    /** The longest host name, in characters (RFC 1035, section 2.3.4, as text without the final dot). */
    static final int MAX_HOST_LENGTH = 253;

    /** The longest text that is looked at, blanks around a reference included. */
    static final int MAX_RAW_LENGTH = 1024;

    /** By code: a look-up costs less than comparisons, whose outcome no processor foresees in random references. */
    private static final boolean[] SYMBOLS = new boolean[128];

    static {
        for (char symbol = 0; symbol < SYMBOLS.length; symbol++) {
            SYMBOLS[symbol] = isLetterOrDigit(symbol) || symbol == '_' || symbol == '-';
        }
    }

    private References() {}

    static boolean isReference(String text) {
        return isReference(text, 0, text.length());
    }

    /** One or more references joined by dots, at most 253 characters in all. */
    static boolean isHostReference(String text) {
        if (text.length() > MAX_HOST_LENGTH) {
            return false;
        }
        var start = 0;
        for (var dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
            if (!isReference(text, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        return isReference(text, start, text.length());
    }

    private static boolean isReference(String text, int start, int end) {
        var length = end - start;
        if (length < 1 || length > Resolution.MAX_REFERENCE_LENGTH || !isLetterOrDigit(text.charAt(start))) {
            return false;
        }
        for (var at = start + 1; at < end; at++) {
            var symbol = text.charAt(at);
            if (symbol >= SYMBOLS.length || !SYMBOLS[symbol]) {
                return false;
            }
        }
        return true;
    }

    static boolean isLetterOrDigit(char symbol) {
        return (symbol >= 'a' && symbol <= 'z') || isUpperCase(symbol) || isDigit(symbol);
    }

    static boolean isDigit(char symbol) {
        return symbol >= '0' && symbol <= '9';
    }

    /** Without the blanks and tabs around it (RFC 9110, section 5.6.3, OWS); other white space stays, to be refused. */
    static String trimmed(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && isBlankOrTab(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlankOrTab(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static boolean isBlankOrTab(char symbol) {
        return symbol == ' ' || symbol == '\t';
    }

    /** A to Z in lower case, whatever the locale; everything else as it is. The same text when there is nothing to do. */
    static String lowerCase(String text) {
        for (var at = 0; at < text.length(); at++) {
            if (isUpperCase(text.charAt(at))) {
                return lowerCase(text.toCharArray(), at);
            }
        }
        return text;
    }

    private static String lowerCase(char[] symbols, int from) {
        for (var at = from; at < symbols.length; at++) {
            if (isUpperCase(symbols[at])) {
                symbols[at] = (char) (symbols[at] + 'a' - 'A');
            }
        }
        return new String(symbols);
    }

    private static boolean isUpperCase(char symbol) {
        return symbol >= 'A' && symbol <= 'Z';
    }
}
