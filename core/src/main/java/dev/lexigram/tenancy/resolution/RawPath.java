package dev.lexigram.tenancy.resolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at a path as it was sent, for what routers, proxies and containers read in different ways. */
final class RawPath {

    private RawPath() {}

    /** Whether the path up to there begins with a slash and is read by everybody in the same way. Allocates nothing. */
    static boolean isPlain(String path, int end) {
        if (end == 0 || path.charAt(0) != '/') {
            return false;
        }
        var previous = ' ';
        for (var at = 0; at < end; at++) {
            var symbol = path.charAt(at);
            if (symbol == '%'
                    || symbol == ';'
                    || symbol == '\\'
                    || (previous == '/' && (symbol == '/' || symbol == '.'))) {
                return false;
            }
            previous = symbol;
        }
        return true;
    }

    /** Whether it has dot segments, empty segments, backslashes, or encoded slashes, backslashes or dots. */
    static boolean isAmbiguous(String path) {
        var text = path.toLowerCase(Locale.ROOT);
        if (text.contains("//")
                || text.contains("\\")
                || text.contains("%2f")
                || text.contains("%5c")
                || text.contains("%2e")) {
            return true;
        }
        for (var segment : text.split("/", -1)) {
            var name = withoutParameters(segment);
            if (name.equals(".") || name.equals("..")) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing is encoded there and no parameter follows. */
    static boolean isVerbatim(String path, int start, int end) {
        for (var at = start; at < end; at++) {
            if (path.charAt(at) == '%' || path.charAt(at) == ';') {
                return false;
            }
        }
        return true;
    }

    /** The segments that the most lenient router would see: decoded, without parameters, dots and doubles resolved. */
    static List<String> lenientSegments(String path) {
        var segments = new ArrayList<String>();
        for (var segment : decoded(path).replace('\\', '/').split("/", -1)) {
            var name = withoutParameters(segment);
            if (name.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.remove(segments.size() - 1);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                segments.add(name);
            }
        }
        return segments;
    }

    private static String withoutParameters(String segment) {
        var semicolon = segment.indexOf(';');
        return semicolon < 0 ? segment : segment.substring(0, semicolon);
    }

    /** Decoded once, byte for byte: enough to compare with ASCII. */
    private static String decoded(String path) {
        var text = new StringBuilder(path.length());
        for (var at = 0; at < path.length(); at++) {
            var symbol = path.charAt(at);
            var high = symbol == '%' && at + 2 < path.length() ? hex(path.charAt(at + 1)) : -1;
            var low = high < 0 ? -1 : hex(path.charAt(at + 2));
            if (low < 0) {
                text.append(symbol);
            } else {
                text.append((char) (high << 4 | low));
                at += 2;
            }
        }
        return text.toString();
    }

    private static int hex(char symbol) {
        return symbol < 0x80 ? Character.digit(symbol, 16) : -1;
    }
}
