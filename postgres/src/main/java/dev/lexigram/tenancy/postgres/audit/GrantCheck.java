package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.CREATE_GRANTED;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.TABLE_RIGHTS_EXCESSIVE;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.TEMPORARY_GRANTED;

import dev.lexigram.tenancy.postgres.policy.Quoted;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The role creates nothing and has no right on a table but to read and write rows. */
final class GrantCheck implements Check {

    private static final String SCHEMAS = """
            select nspname from pg_catalog.pg_namespace
            where nspname !~ '^pg_' and nspname <> 'information_schema'
              and pg_catalog.has_schema_privilege(oid, 'create')
            order by nspname
            """;

    private static final String DATABASE = """
            select pg_catalog.current_database() as name,
                   pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create') as may_create,
                   pg_catalog.has_database_privilege(pg_catalog.current_database(), 'temporary') as may_shadow
            """;

    @Override
    public List<Finding> run(AuditSession session) throws SQLException {
        if (session.role().isSuperuser()) {
            return List.of(); // has every right by nature, which is a finding of its own
        }
        var findings = new ArrayList<Finding>();
        var from = " from " + session.role().grantees();
        database(session, from, findings);
        schemas(session, from, findings);
        session.relations().stream()
                .filter(relation -> relation.rights().excessive())
                .map(Relation::name)
                .forEach(name -> findings.add(new Finding(
                        TABLE_RIGHTS_EXCESSIVE,
                        name.toString(),
                        "revoke truncate, trigger, references on " + name.sql() + from)));
        return findings;
    }

    private static void database(AuditSession session, String from, List<Finding> findings) throws SQLException {
        try (var statement = session.connection().createStatement();
                var row = statement.executeQuery(DATABASE)) {
            row.next();
            var name = row.getString("name");
            var on = " on database " + Quoted.identifier(name) + from;
            if (row.getBoolean("may_create")) {
                findings.add(new Finding(CREATE_GRANTED, "database " + name, "revoke create" + on));
            }
            if (row.getBoolean("may_shadow")) {
                findings.add(new Finding(TEMPORARY_GRANTED, "database " + name, "revoke temporary" + on));
            }
        }
    }

    private static void schemas(AuditSession session, String from, List<Finding> findings) throws SQLException {
        try (var statement = session.connection().createStatement();
                var row = statement.executeQuery(SCHEMAS)) {
            while (row.next()) {
                var name = row.getString("nspname");
                findings.add(new Finding(
                        CREATE_GRANTED, "schema " + name, "revoke create on schema " + Quoted.identifier(name) + from));
            }
        }
    }
}
