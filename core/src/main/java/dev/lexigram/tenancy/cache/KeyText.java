package dev.lexigram.tenancy.cache;

import java.util.HexFormat;

/**
 * The text of a key in which nothing separates, nothing is a pattern and nothing ends a line. Different texts stay
 * different, also as UTF-8.
 */
final class KeyText {

    private static final String ESCAPED = "% :*?[]{}";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private KeyText() {}

    static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 8);
        for (int at = 0, width; at < text.length(); at += width) {
            var symbol = text.codePointAt(at);
            width = Character.charCount(symbol);
            if (ESCAPED.indexOf(symbol) >= 0 || Character.isISOControl(symbol)) {
                escaped.append('%').append(HEX.toHexDigits((byte) symbol));
            } else if (Character.getType(symbol) == Character.SURROGATE) {
                // Half a pair has no form in UTF-8: all of them would become one and the same question mark.
                escaped.append("%u").append(HEX.toHexDigits((char) symbol));
            } else {
                escaped.appendCodePoint(symbol);
            }
        }
        return escaped.toString();
    }
}
