package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator is told about access that was refused, one line each on the logger {@code tenancy.security}.
 *
 * <p>References never appear, as the client chose them; of the principal's name at most 128 characters, of which
 * anything but plain printable ASCII is escaped.
 */
final class SecurityLog {

    private static final int MAX_NAME = 128;

    private final Logger log;

    SecurityLog() {
        this(LoggerFactory.getLogger("tenancy.security"));
    }

    SecurityLog(Logger log) {
        this.log = log;
    }

    void refused(String reason, List<Lead> leads, Optional<TenantPrincipal> principal) {
        log.warn("Refused: {} {} principal={}", reason, leads, nameOf(principal));
    }

    /** The sources differ, and the configuration lets the verified one win. */
    void overruled(List<Lead> leads, Optional<TenantPrincipal> principal) {
        log.warn("Verified source wins: tenant_conflict {} principal={}", leads, nameOf(principal));
    }

    private static String nameOf(Optional<TenantPrincipal> principal) {
        return principal.map(caller -> "'" + escaped(caller.name()) + "'").orElse("none");
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (var i = 0; i < Math.min(text.length(), MAX_NAME); i++) {
            var symbol = text.charAt(i);
            if (symbol >= ' ' && symbol < 0x7f && symbol != '\\' && symbol != '\'') {
                escaped.append(symbol);
            } else {
                escaped.append(String.format("\\u%04x", (int) symbol));
            }
        }
        return text.length() > MAX_NAME ? escaped.append("...").toString() : escaped.toString();
    }
}
