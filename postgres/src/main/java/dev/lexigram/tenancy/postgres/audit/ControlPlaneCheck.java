package dev.lexigram.tenancy.postgres.audit;

import java.util.List;

/** The tables of the control plane, in schema {@code tenancy}, are out of the serving role's reach. */
final class ControlPlaneCheck implements Check {

    static boolean isControl(Relation relation) {
        return relation.name().schema().equals("tenancy");
    }

    @Override
    public List<Finding> run(AuditSession session) {
        if (session.role().isSuperuser()) {
            return List.of(); // nothing can be kept from a superuser, which is a finding of its own
        }
        return session.relations().stream()
                .filter(ControlPlaneCheck::isControl)
                .filter(relation -> relation.rights().reachable())
                .map(relation -> new Finding(
                        FindingCode.TABLE_OF_CONTROL_PLANE,
                        relation.name().toString(),
                        "revoke all on " + relation.name().sql() + " from "
                                + session.role().grantees()))
                .toList();
    }
}
