package dev.lexigram.tenancy.servlet;

/** Text of a client as it may stand in a log: one line, printable ASCII, bounded. */
final class Escaped {

    private Escaped() {}

    static String of(String text, int maxLength) {
        var escaped = new StringBuilder();
        for (var at = 0; at < Math.min(text.length(), maxLength); at++) {
            var symbol = text.charAt(at);
            if (symbol >= ' ' && symbol < 0x7f && symbol != '\\') {
                escaped.append(symbol);
            } else {
                escaped.append(String.format("\\u%04x", (int) symbol));
            }
        }
        return text.length() > maxLength ? escaped.append("...").toString() : escaped.toString();
    }
}
