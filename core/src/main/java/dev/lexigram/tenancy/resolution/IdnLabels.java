package dev.lexigram.tenancy.resolution;

import java.net.IDN;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Internationalised host names in their one ASCII spelling (punycode, RFC 3492). Nothing is mapped but A to Z: text that
 * IDNA would turn into other text, such as circled or full-width letters, is refused.
 */
final class IdnLabels {

    /** How a label in punycode begins (RFC 3490, section 5). */
    static final String PREFIX = "xn--";

    private IdnLabels() {}

    /** The name in lower case with its labels in ASCII, or null if one of them has no such spelling. */
    static @Nullable String toAscii(String name) {
        var labels = new ArrayList<String>();
        for (var label : References.lowerCase(name).split("\\.", -1)) {
            var ascii = isAscii(label) ? label : encode(label);
            if (ascii == null) {
                return null;
            }
            labels.add(ascii);
        }
        return String.join(".", labels);
    }

    static boolean isAscii(String text) {
        for (var at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Whether an encoded label in lower case is what encoding its own text gives. */
    static boolean isCanonical(String label) {
        var text = IDN.toUnicode(label); // the label itself where it cannot be decoded
        return !isAscii(text) && label.equals(encode(text));
    }

    private static @Nullable String encode(String label) {
        try {
            var ascii = IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES);
            return ascii.startsWith(PREFIX) && IDN.toUnicode(ascii).equals(label) ? ascii : null;
        } catch (IllegalArgumentException noSuchName) {
            return null;
        }
    }
}
