package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.FOREIGN_TABLE_REACHABLE;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.MATERIALIZED_VIEW_REACHABLE;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.VIEW_OF_OWNER;

import java.util.List;
import java.util.Optional;

/** What no policy can guard, or what reads with other rights than the role's, is out of reach or declared shared. */
final class ViewCheck implements Check {

    @Override
    public List<Finding> run(AuditSession session) {
        return session.relations().stream()
                .filter(relation -> relation.kind() != Relation.Kind.TABLE)
                .filter(relation -> relation.rights().reachable())
                .filter(relation -> !session.declarations().isCommon(relation.name()))
                .filter(relation -> !ControlPlaneCheck.isControl(relation))
                .flatMap(relation -> code(relation).stream().map(code -> finding(session, relation, code)))
                .toList();
    }

    private static Optional<FindingCode> code(Relation relation) {
        return switch (relation.kind()) {
            case TABLE -> Optional.empty();
            case VIEW -> relation.securityInvoker() ? Optional.empty() : Optional.of(VIEW_OF_OWNER);
            case MATERIALIZED_VIEW -> Optional.of(MATERIALIZED_VIEW_REACHABLE);
            case FOREIGN_TABLE -> Optional.of(FOREIGN_TABLE_REACHABLE);
        };
    }

    private static Finding finding(AuditSession session, Relation relation, FindingCode code) {
        var name = relation.name().sql();
        var mend = code == VIEW_OF_OWNER
                ? "alter view " + name + " set (security_invoker = true)"
                : "-- Or declare it in isolation.tables.shared:\nrevoke all on " + name + " from "
                        + session.role().grantees();
        return new Finding(code, relation.name().toString(), mend);
    }
}
