package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.FUNCTION_MISSING;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.FUNCTION_NOT_CANONICAL;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.FUNCTION_NOT_EXECUTABLE;

import dev.lexigram.tenancy.postgres.policy.Quoted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** There is one {@code tenancy.require_tenant()}, and it is the one that this library ships. */
final class FunctionCheck implements Check {

    private static final String NAME = "function tenancy.require_tenant()";

    private static final String FUNCTIONS = """
            select p.prosrc, p.oid::regprocedure::text as signature, p.pronargs = 0 as plain,
                   l.lanname = 'plpgsql' and p.prokind = 'f' and p.prorettype = 'text'::regtype and not p.proretset
                       and p.provolatile = 's' and p.proparallel = ? and p.prosecdef = ?
                       and p.proconfig = array['search_path=pg_catalog, pg_temp'] as canonical,
                   pg_catalog.has_function_privilege(p.oid, 'execute')
                       and pg_catalog.has_schema_privilege(n.oid, 'usage') as executable
            from pg_catalog.pg_proc p
            join pg_catalog.pg_namespace n on n.oid = p.pronamespace
            join pg_catalog.pg_language l on l.oid = p.prolang
            where n.nspname = 'tenancy' and p.proname = 'require_tenant'
            order by p.pronargs
            """;

    @Override
    public List<Finding> run(AuditSession session) throws SQLException {
        var findings = new ArrayList<Finding>();
        var policy = session.policy();
        try (var statement = session.connection().prepareStatement(FUNCTIONS)) {
            statement.setString(1, policy.sealed() ? "r" : "s");
            statement.setBoolean(2, policy.isDefiner());
            try (var row = statement.executeQuery()) {
                inspectAll(session, row, findings);
            }
        }
        return findings;
    }

    /** The same, but for the rights of this connection's role. */
    static List<Finding> definition(AuditSession session) throws SQLException {
        return new FunctionCheck()
                .run(session).stream()
                        .filter(finding -> finding.code() != FUNCTION_NOT_EXECUTABLE)
                        .toList();
    }

    private static void inspectAll(AuditSession session, ResultSet row, List<Finding> findings) throws SQLException {
        var found = false;
        while (row.next()) {
            found |= row.getBoolean("plain");
            inspect(session, row, findings);
        }
        if (!found) {
            findings.add(
                    new Finding(FUNCTION_MISSING, NAME, session.policy().createFunction() + ";\n" + grant(session)));
        }
    }

    private static void inspect(AuditSession session, ResultSet row, List<Finding> findings) throws SQLException {
        if (!row.getBoolean("plain")) {
            var signature = row.getString("signature");
            findings.add(new Finding(FUNCTION_NOT_CANONICAL, "function " + signature, "drop function " + signature));
            return;
        }
        if (!row.getBoolean("canonical") || !session.policy().isFunctionBody(row.getString("prosrc"))) {
            findings.add(
                    new Finding(FUNCTION_NOT_CANONICAL, NAME, session.policy().createFunction()));
        }
        if (!row.getBoolean("executable")) {
            findings.add(new Finding(FUNCTION_NOT_EXECUTABLE, NAME, grant(session)));
        }
    }

    private static String grant(AuditSession session) {
        var role = Quoted.identifier(session.role().name());
        return "grant usage on schema tenancy to " + role + ";\ngrant execute on " + NAME + " to " + role;
    }
}
