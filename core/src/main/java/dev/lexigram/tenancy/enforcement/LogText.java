package dev.lexigram.tenancy.enforcement;

/** Text of a client as it may stand in a log: one line of printable ASCII, bounded, and unable to end a quotation. */
public final class LogText {

    private LogText() {}

    /** The first characters of the text, of which all but plain ones are written as an escape of their code. */
    public static String escaped(String text, int maxLength) {
        var escaped = new StringBuilder();
        for (var at = 0; at < Math.min(text.length(), maxLength); at++) {
            var symbol = text.charAt(at);
            if (symbol >= ' ' && symbol < 0x7f && symbol != '\\' && symbol != '\'') {
                escaped.append(symbol);
            } else {
                escaped.append(String.format("\\u%04x", (int) symbol));
            }
        }
        return text.length() > maxLength ? escaped.append("...").toString() : escaped.toString();
    }
}
