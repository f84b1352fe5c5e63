package dev.lexigram.tenancy.resolution;

/**
 * Splits what stands in a {@code Host} header (RFC 9110, section 7.2), by hand: {@code java.net.URI} finds no host in
 * {@code acme_dev.example.com}, and {@code evil.com} in {@code acme.example.com:80@evil.com}. Allocates nothing.
 */
final class HostNames {

    /** The text is no host. */
    static final int UNUSABLE = -1;

    /** The text is a host without a name: an IPv6 address. */
    static final int NAMELESS = 0;

    private static final int MAX_LENGTH = References.MAX_HOST_LENGTH + ".:65535".length();

    private HostNames() {}

    /** Where the name ends, without port and final dot; or {@link #UNUSABLE} or {@link #NAMELESS}. */
    static int endOfName(String host, boolean nonAsciiAllowed) {
        if (host.length() > MAX_LENGTH) {
            return UNUSABLE;
        }
        if (host.startsWith("[")) {
            return isBracketedAddress(host) ? NAMELESS : UNUSABLE;
        }
        var colon = host.indexOf(':');
        if (colon >= 0 && !isPort(host, colon + 1)) {
            return IpAddress.parse(host) == null ? UNUSABLE : NAMELESS;
        }
        var end = colon < 0 ? host.length() : colon;
        if (end > 1 && host.charAt(end - 1) == '.') {
            end--;
        }
        return end <= References.MAX_HOST_LENGTH && isName(host, end, nonAsciiAllowed) ? end : UNUSABLE;
    }

    private static boolean isName(String host, int end, boolean nonAsciiAllowed) {
        var afterDot = true;
        for (var at = 0; at < end; at++) {
            var symbol = host.charAt(at);
            if ((symbol == '.' && afterDot) || !isInName(symbol, nonAsciiAllowed)) {
                return false;
            }
            afterDot = symbol == '.';
        }
        return !afterDot;
    }

    private static boolean isInName(char symbol, boolean nonAsciiAllowed) {
        return References.isLetterOrDigit(symbol)
                || symbol == '.'
                || symbol == '-'
                || symbol == '_'
                || (symbol >= 0x80 && nonAsciiAllowed);
    }

    private static boolean isBracketedAddress(String host) {
        var bracket = host.indexOf(']');
        var last = host.length() - 1;
        return bracket > 0
                && (bracket == last || (host.charAt(bracket + 1) == ':' && isPort(host, bracket + 2)))
                && host.lastIndexOf(':', bracket) > 0
                && IpAddress.parse(host.substring(1, bracket)) != null;
    }

    private static boolean isPort(String host, int start) {
        var length = host.length() - start;
        if (length < 1 || length > 5) {
            return false;
        }
        var port = 0;
        for (var at = start; at < host.length(); at++) {
            if (!References.isDigit(host.charAt(at))) {
                return false;
            }
            port = port * 10 + host.charAt(at) - '0';
        }
        return port >= 1 && port <= 65_535;
    }
}
