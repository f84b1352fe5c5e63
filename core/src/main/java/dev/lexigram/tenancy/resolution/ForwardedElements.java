package dev.lexigram.tenancy.resolution;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of the header {@code Forwarded} (RFC 7239, section 4) for the hosts that it names. A comma within a
 * quoted value separates nothing; whoever splits at commas reads hosts that a client has hidden there.
 */
final class ForwardedElements {

    private final String line;
    private int at;

    private ForwardedElements(String line) {
        this.line = line;
    }

    /** The host of each element from left to right, empty where it names none; null if the line is malformed. */
    static @Nullable List<String> hosts(String line) {
        return new ForwardedElements(line).hosts();
    }

    private @Nullable List<String> hosts() {
        var hosts = new ArrayList<String>();
        do {
            var host = element();
            if (host == null) {
                return null;
            }
            hosts.add(host);
        } while (skip(','));
        return at == line.length() ? hosts : null;
    }

    private @Nullable String element() {
        var host = "";
        do {
            skipBlanks();
            var name = token();
            var value = name.isEmpty() || !skip('=') ? "" : value();
            skipBlanks();
            if (value.isEmpty()) {
                return null;
            }
            if (name.equalsIgnoreCase("host")) {
                if (!host.isEmpty()) {
                    return null;
                }
                host = value;
            }
        } while (skip(';'));
        return host;
    }

    private String token() {
        var start = at;
        while (at < line.length() && References.isLetterOrDigit(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    /** Quoted or not; a port may stand in an unquoted one, as many proxies write it. Empty if malformed. */
    private String value() {
        if (skip('"')) {
            return quoted();
        }
        var start = at;
        while (at < line.length() && ";, \t\"".indexOf(line.charAt(at)) < 0) {
            at++;
        }
        return line.substring(start, at);
    }

    private String quoted() {
        var text = new StringBuilder();
        while (at < line.length()) {
            var symbol = line.charAt(at++);
            if (symbol == '"') {
                return text.toString();
            }
            if (symbol == '\\') {
                if (at == line.length()) {
                    return "";
                }
                symbol = line.charAt(at++);
            }
            text.append(symbol);
        }
        return "";
    }

    private boolean skip(char expected) {
        if (at < line.length() && line.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < line.length() && References.isBlankOrTab(line.charAt(at))) {
            at++;
        }
    }
}
