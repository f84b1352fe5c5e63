package dev.lexigram.tenancy.postgres.audit;

import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The outcome of an audit. Immutable.
 *
 * @param findings all of them, in the order of the checks; empty when nothing is wrong
 */
public record AuditReport(List<Finding> findings) {

    public AuditReport {
        findings = List.copyOf(findings);
    }

    public List<Finding> errors() {
        return of(Severity.ERROR);
    }

    public List<Finding> warnings() {
        return of(Severity.WARN);
    }

    /** Whether isolation was proved: there is no finding of severity ERROR. */
    public boolean isProved() {
        return errors().isEmpty();
    }

    /**
     * Refuses to go on unless isolation was proved.
     *
     * @throws TenantIsolationException with every error and the SQL that mends it
     */
    public void requireProved() {
        if (!isProved()) {
            throw TenantIsolationException.of("The database does not keep tenants apart (" + errors().size()
                    + " errors). Mend them and start again:"
                    + errors().stream().map(AuditReport::paragraph).collect(Collectors.joining()));
        }
    }

    private List<Finding> of(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    private static String paragraph(Finding finding) {
        return "\n" + finding + "\n" + finding.mend() + ";";
    }
}
