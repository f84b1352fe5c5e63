package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.FUNCTION_OF_EXEMPT_OWNER;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.FUNCTION_PATH_OPEN;

import dev.lexigram.tenancy.postgres.policy.Quoted;
import dev.lexigram.tenancy.postgres.policy.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * No function that the role can set off works with rights which policies do not confine, unless it is declared, and each
 * that works with its owner's rights says where it looks for objects. A trigger's function counts where the role may
 * write to its table. Functions of the system and of extensions are left alone.
 */
final class DefinerFunctionCheck implements Check {

    private static final String FUNCTIONS = """
            with recursive exempt (role) as (
                select oid from pg_catalog.pg_roles
                where rolsuper or rolbypassrls or rolname in ('pg_read_all_data', 'pg_write_all_data')
                union
                select m.member from exempt join pg_catalog.pg_auth_members m on m.roleid = exempt.role
            )
            select n.nspname, p.proname, p.oid::regprocedure::text as signature,
                   p.prorettype = 'trigger'::regtype as of_trigger,
                   p.proowner in (select role from exempt) as is_exempt,
                   not exists (
                       select from pg_catalog.unnest(p.proconfig) entry
                       where pg_catalog.starts_with(entry, 'search_path=')) as is_open
            from pg_catalog.pg_proc p
            join pg_catalog.pg_namespace n on n.oid = p.pronamespace
            where p.prosecdef and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
              and not exists (
                  select from pg_catalog.pg_depend d
                  where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
              and case when p.prorettype = 'trigger'::regtype then exists (
                      select from pg_catalog.pg_trigger t
                      where t.tgfoid = p.oid and t.tgenabled <> 'D'
                        and pg_catalog.has_table_privilege(t.tgrelid, 'insert, update, delete'))
                  else pg_catalog.has_function_privilege(p.oid, 'execute')
                      and pg_catalog.has_schema_privilege(n.oid, 'usage') end
            order by n.nspname, p.proname, signature
            """;

    @Override
    public List<Finding> run(AuditSession session) throws SQLException {
        if (session.role().isSuperuser()) {
            return List.of(); // sees every row by itself, which is a finding of its own
        }
        var findings = new ArrayList<Finding>();
        try (var statement = session.connection().createStatement();
                var row = statement.executeQuery(FUNCTIONS)) {
            while (row.next()) {
                inspect(session, row, findings);
            }
        }
        return findings;
    }

    private static void inspect(AuditSession session, ResultSet row, List<Finding> findings) throws SQLException {
        var name = new TableName(row.getString("nspname"), row.getString("proname"));
        var signature = row.getString("signature");
        var object = "function " + signature;
        if (row.getBoolean("is_exempt") && !session.declarations().isDefiner(name)) {
            findings.add(new Finding(
                    FUNCTION_OF_EXEMPT_OWNER,
                    object,
                    row.getBoolean("of_trigger") ? invoker(signature) : revoke(session, signature)));
        }
        if (row.getBoolean("is_open")) {
            findings.add(new Finding(
                    FUNCTION_PATH_OPEN, object, """
                    -- Name every schema that it needs.
                    alter routine %s set search_path = pg_catalog, %s, pg_temp""".formatted(signature, Quoted.identifier(name.schema()))));
        }
    }

    private static String revoke(AuditSession session, String signature) {
        return "-- Or: alter routine " + signature.replaceAll("\\p{C}", "?") + " security invoker. One that must stay"
                + " as it is goes to isolation.definer_functions.\nrevoke execute on routine " + signature + " from "
                + session.role().grantees();
    }

    private static String invoker(String signature) {
        return "-- One that must stay as it is goes to isolation.definer_functions.\nalter routine " + signature
                + " security invoker";
    }
}
