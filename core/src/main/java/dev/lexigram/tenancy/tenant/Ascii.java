package dev.lexigram.tenancy.tenant;

/** What the grammars of ids and slugs are made of: hand-written, since a regular expression costs ten times as much. */
final class Ascii {

    /** By code: a look-up costs less than comparisons, whose outcome no processor foresees in random ids. */
    private static final boolean[] ID_SYMBOLS = new boolean[128];

    static {
        for (char symbol = 0; symbol < ID_SYMBOLS.length; symbol++) {
            ID_SYMBOLS[symbol] = isLetterOrDigit(symbol) || symbol == '_' || symbol == '-';
        }
    }

    private Ascii() {}

    /** A letter, a digit, an underscore or a hyphen. */
    static boolean isIdSymbol(char symbol) {
        return symbol < ID_SYMBOLS.length && ID_SYMBOLS[symbol];
    }

    static boolean isLowerCase(char symbol) {
        return symbol >= 'a' && symbol <= 'z';
    }

    static boolean isDigit(char symbol) {
        return symbol >= '0' && symbol <= '9';
    }

    static boolean isLetterOrDigit(char symbol) {
        return isLowerCase(symbol) || (symbol >= 'A' && symbol <= 'Z') || isDigit(symbol);
    }
}
