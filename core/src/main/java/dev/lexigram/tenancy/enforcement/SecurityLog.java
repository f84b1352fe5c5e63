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
 * anything but plain printable ASCII is escaped. Of each kind at most 100 lines are written per second.
 */
final class SecurityLog {

    private static final int MAX_NAME = 128;

    private final Logger log;
    private final LogBudget budget;

    SecurityLog() {
        this(LoggerFactory.getLogger("tenancy.security"), new LogBudget());
    }

    SecurityLog(Logger log, LogBudget budget) {
        this.log = log;
        this.budget = budget;
    }

    void refused(String reason, List<Lead> leads, Optional<TenantPrincipal> principal) {
        if (isToBeWritten(reason)) {
            log.warn("Refused: {} {} principal={}", reason, leads, nameOf(principal));
        }
    }

    /** The sources differ, and the configuration lets the verified one win. */
    void overruled(List<Lead> leads, Optional<TenantPrincipal> principal) {
        if (isToBeWritten("overruled")) {
            log.warn("Verified source wins: tenant_conflict {} principal={}", leads, nameOf(principal));
        }
    }

    private boolean isToBeWritten(String kind) {
        var leftOut = budget.take(kind);
        if (leftOut > 0) {
            log.warn("{} lines like the next one ({}) were left out", leftOut, kind);
        }
        return leftOut >= 0;
    }

    private static String nameOf(Optional<TenantPrincipal> principal) {
        return principal
                .map(caller -> "'" + LogText.escaped(caller.name(), MAX_NAME) + "'")
                .orElse("none");
    }
}
