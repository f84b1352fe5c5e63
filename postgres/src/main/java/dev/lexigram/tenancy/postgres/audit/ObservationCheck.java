package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.ROLE_NOT_OBSERVED;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.TABLE_NOT_OBSERVED;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.TABLE_PROTECTED;

import dev.lexigram.tenancy.postgres.policy.TenantObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** While an application is adopted: every table of tenants in the role's reach is observed, and the role can be. */
final class ObservationCheck implements Check {

    @Override
    public List<Finding> run(AuditSession session) {
        var findings = new ArrayList<>(TableCheck.declared(session));
        if (session.role().ignoresPolicies()) {
            findings.add(new Finding(ROLE_NOT_OBSERVED, "role " + session.role().name(), RoleCheck.OWN_LOGIN));
        }
        session.relations().stream()
                .filter(relation -> relation.kind() == Relation.Kind.TABLE)
                .filter(relation -> !ControlPlaneCheck.isControl(relation))
                .filter(relation -> !session.schemas().hold(relation))
                .filter(relation -> isTenants(session, relation))
                .forEach(table -> unobserved(table)
                        .map(code -> new Finding(code, table.name().toString(), mend(code, table)))
                        .ifPresent(findings::add));
        return findings;
    }

    private static boolean isTenants(AuditSession session, Relation table) {
        return session.declarations().isTenant(table.name())
                || table.rights().reachable() && !session.declarations().isCommon(table.name());
    }

    private static Optional<FindingCode> unobserved(Relation table) {
        if (Protection.defects(table).isEmpty()) {
            return Optional.of(TABLE_PROTECTED);
        }
        var observes = table.rowSecurity().enabled()
                && table.rowSecurity().forced()
                && table.policies().stream().anyMatch(ObservationCheck::observes);
        return observes ? Optional.empty() : Optional.of(TABLE_NOT_OBSERVED);
    }

    private static boolean observes(Policy policy) {
        return !policy.permissive()
                && policy.forEveryone()
                && policy.using().filter(TenantObservation::isObserving).isPresent();
    }

    private static String mend(FindingCode code, Relation table) {
        return code == TABLE_PROTECTED
                ? "-- Nothing to do: what crosses tenants there is refused already."
                : "-- Rows of tenants: run RowLevelObservation.forTables(\"" + table.name()
                        + "\").script(). Rows for all: isolation.tables.shared.";
    }
}
