package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.ROLE_ASSUMED;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.ROLE_BYPASSES_POLICIES;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.ROLE_CREATES_ROLES;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.ROLE_NOT_ASSUMED;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.ROLE_OWNS;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.ROLE_READS_OR_WRITES_ALL;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.ROLE_SUPERUSER;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.ROLE_SWITCHED;

import dev.lexigram.tenancy.postgres.policy.Quoted;
import java.util.ArrayList;
import java.util.List;

/** Who serves: the role must own nothing, bypass nothing, and be a member of nobody who does. */
final class RoleCheck implements Check {

    static final String OWN_LOGIN = """
            -- Let the application log in as a role of its own (roles.sql makes tenancy_app), or, for a first day, set
            -- isolation.assume_role: tenancy_app.
            alter role tenancy_app login""";

    @Override
    public List<Finding> run(AuditSession session) {
        var findings = new ArrayList<Finding>();
        var role = session.role();
        role.held().forEach(held -> inspect(role, held, findings));
        assumed(session, findings);
        return findings;
    }

    private static void inspect(ServingRole role, ServingRole.Held held, List<Finding> findings) {
        if (held.superuser()) {
            findings.add(finding(ROLE_SUPERUSER, role, held, OWN_LOGIN));
        }
        if (held.bypasses()) {
            findings.add(finding(ROLE_BYPASSES_POLICIES, role, held, alter(held, "nobypassrls noreplication")));
        }
        if (held.createsRoles()) {
            findings.add(finding(ROLE_CREATES_ROLES, role, held, alter(held, "nocreaterole")));
        }
        if (held.readsOrWritesAll()) {
            findings.add(finding(ROLE_READS_OR_WRITES_ALL, role, held, OWN_LOGIN));
        }
        if (!held.superuser()) {
            held.owns()
                    .ifPresent(owned -> findings.add(new Finding(
                            ROLE_OWNS, subject(role, held) + " owns " + owned, mend(role, held, giveAway(held)))));
        }
    }

    private static void assumed(AuditSession session, List<Finding> findings) {
        var login = session.login();
        var role = session.role();
        var wanted = session.config().assumeRole();
        if (wanted.isPresent() && !wanted.get().equals(role.name())) {
            findings.add(new Finding(ROLE_NOT_ASSUMED, "role " + role.name(), """
                    -- Connect with the startup option -c role=%s; it needs:
                    grant %1$s to %s""".formatted(
                            Quoted.identifier(wanted.get()), Quoted.identifier(login.name()))));
        } else if (!login.name().equals(role.name()) && login.isDangerous()) {
            findings.add(new Finding(
                    wanted.isPresent() ? ROLE_ASSUMED : ROLE_SWITCHED,
                    "login " + login.name() + " as role " + role.name(),
                    OWN_LOGIN));
        }
    }

    private static Finding finding(FindingCode code, ServingRole role, ServingRole.Held held, String ownMend) {
        return new Finding(code, subject(role, held), mend(role, held, ownMend));
    }

    private static String subject(ServingRole role, ServingRole.Held held) {
        return held.through().isEmpty()
                ? "role " + role.name()
                : "role " + role.name() + " as a member of " + held.name();
    }

    private static String mend(ServingRole role, ServingRole.Held held, String ownMend) {
        return held.through()
                .map(through -> "revoke " + Quoted.identifier(through) + " from " + Quoted.identifier(role.name()))
                .orElse(ownMend);
    }

    private static String alter(ServingRole.Held held, String options) {
        return "alter role " + Quoted.identifier(held.name()) + " " + options;
    }

    private static String giveAway(ServingRole.Held held) {
        return "reassign owned by " + Quoted.identifier(held.name()) + " to tenancy_owner";
    }
}
