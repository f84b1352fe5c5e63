package dev.lexigram.tenancy.resolution;

import org.jspecify.annotations.Nullable;

/**
 * An IP address, read from its numbers and never looked up. IPv4 addresses mapped into IPv6 (RFC 4291, section 2.5.5.2)
 * are IPv4 addresses.
 *
 * @param isV4 whether it is one of IPv4; then its 32 bits are the last ones
 */
record IpAddress(boolean isV4, long high, long low) {

    private static final int MAX_LENGTH = 45; // eight groups of which the last two are dotted
    private static final long V4_MAPPED = 0xFFFFL << 32;

    /** The address, or null if the text is none. A zone, as in {@code fe80::1%eth0}, is left out. */
    static @Nullable IpAddress parse(String text) {
        var zone = text.indexOf('%');
        var end = zone < 0 ? text.length() : zone;
        if (end > MAX_LENGTH) {
            return null;
        }
        return text.lastIndexOf(':', end) < 0 ? parseV4(text, text.length()) : parseV6(text, end);
    }

    private static @Nullable IpAddress parseV4(String text, int end) {
        var bits = v4Bits(text, 0, end);
        return bits < 0 ? null : new IpAddress(true, 0, bits);
    }

    /** Four decimal numbers; no leading zero, which others read as octal. Negative if the text is no such address. */
    private static long v4Bits(String text, int start, int end) {
        var bits = 0L;
        var at = start;
        for (var part = 0; part < 4; part++) {
            if (part > 0 && (at >= end || text.charAt(at++) != '.')) {
                return -1;
            }
            var first = at;
            var number = 0;
            while (at < end && at - first < 3 && References.isDigit(text.charAt(at))) {
                number = number * 10 + text.charAt(at++) - '0';
            }
            if (at == first || number > 255 || (at - first > 1 && text.charAt(first) == '0')) {
                return -1;
            }
            bits = bits << 8 | number;
        }
        return at == end ? bits : -1;
    }

    private static @Nullable IpAddress parseV6(String text, int end) {
        var gap = text.indexOf("::");
        if (gap >= end) {
            gap = -1;
        }
        var groups = new int[8];
        if (gap < 0) {
            return readGroups(text, 0, end, groups) == 8 ? of(groups) : null;
        }
        var dot = text.indexOf('.');
        if (dot >= 0 && dot < gap) {
            return null;
        }
        var head = readGroups(text, 0, gap, groups);
        var rest = new int[8];
        var tail = readGroups(text, gap + 2, end, rest);
        if (head < 0 || tail < 0 || head + tail > 7) {
            return null;
        }
        System.arraycopy(rest, 0, groups, 8 - tail, tail);
        return of(groups);
    }

    /** Reads groups separated by single colons, the last two of which may be dotted; how many, or -1. */
    private static int readGroups(String text, int start, int end, int[] groups) {
        var count = 0;
        var at = start;
        while (at < end) {
            var colon = text.indexOf(':', at);
            var groupEnd = colon < 0 || colon > end ? end : colon;
            if (text.substring(at, groupEnd).indexOf('.') >= 0) {
                var bits = groupEnd == end && count <= 6 ? v4Bits(text, at, end) : -1;
                if (bits < 0) {
                    return -1;
                }
                groups[count++] = (int) (bits >>> 16);
                groups[count++] = (int) (bits & 0xFFFF);
                return count;
            }
            var group = count < 8 ? hexGroup(text, at, groupEnd) : -1;
            if (group < 0 || groupEnd == end - 1) {
                return -1;
            }
            groups[count++] = group;
            at = groupEnd + 1;
        }
        return count;
    }

    private static int hexGroup(String text, int start, int end) {
        if (end == start || end - start > 4) {
            return -1;
        }
        var group = 0;
        for (var at = start; at < end; at++) {
            var symbol = text.charAt(at);
            var digit = symbol < 0x80 ? Character.digit(symbol, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            group = group << 4 | digit;
        }
        return group;
    }

    private static IpAddress of(int[] groups) {
        var high = 0L;
        var low = 0L;
        for (var at = 0; at < 4; at++) {
            high = high << 16 | groups[at];
            low = low << 16 | groups[at + 4];
        }
        return high == 0 && (low & ~0xFFFF_FFFFL) == V4_MAPPED
                ? new IpAddress(true, 0, low & 0xFFFF_FFFFL)
                : new IpAddress(false, high, low);
    }
}
