package dev.lexigram.tenancy.tenant;

/** What the grammars of ids and slugs are made of: hand-written, since a regular expression costs ten times as much. */
final class Ascii {

    private Ascii() {}

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
