package dev.lexigram.tenancy.postgres.audit;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is neither table, view nor function, and can carry rows past the policies: rules, triggers in untrusted languages,
 * large objects, replication, event triggers, default privileges, and kinds of objects that are not known here. A trigger
 * in a trusted language works with the role's own rights, which policies confine. Objects of extensions are left alone.
 */
final class ObjectCheck implements Check {

    private static final String OBJECTS = """
            with recursive held (role) as (
                select oid from pg_catalog.pg_roles where rolname = current_user
                union
                select m.roleid from held join pg_catalog.pg_auth_members m on m.member = held.role
            ), grantee (role, name) as (
                select 0::oid, 'public'
                union all
                select h.role, pg_catalog.quote_ident(r.rolname)
                from held h join pg_catalog.pg_roles r on r.oid = h.role
            ), relation as (
                select c.oid, c.relkind, pg_catalog.format('%I.%I', n.nspname, c.relname) as sql,
                       pg_catalog.has_schema_privilege(n.oid, 'usage') and (
                           pg_catalog.has_table_privilege(c.oid, 'delete')
                           or pg_catalog.has_any_column_privilege(c.oid, 'insert, update')) as writable,
                       pg_catalog.has_schema_privilege(n.oid, 'usage')
                           and pg_catalog.has_any_column_privilege(c.oid, 'select, insert, update') as reachable
                from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                  and c.relkind not in ('S', 'i', 'I', 't', 'c')
            ), extension (class, object) as (
                select d.classid, d.objid from pg_catalog.pg_depend d where d.deptype = 'e'
            )
            select 'RULE_REACHABLE' as code, 'rule ' || w.rulename || ' on ' || r.sql as object,
                   pg_catalog.format('drop rule %I on %s', w.rulename, r.sql) as mend
            from pg_catalog.pg_rewrite w join relation r on r.oid = w.ev_class
            where w.rulename <> '_RETURN' and w.ev_enabled <> 'D' and r.writable
              and ('pg_class'::regclass, r.oid) not in (select class, object from extension)
            union all
            select 'TRIGGER_UNTRUSTED', 'trigger ' || t.tgname || ' on ' || r.sql,
                   pg_catalog.format('drop trigger %I on %s', t.tgname, r.sql)
            from pg_catalog.pg_trigger t
            join relation r on r.oid = t.tgrelid
            join pg_catalog.pg_proc p on p.oid = t.tgfoid
            join pg_catalog.pg_language l on l.oid = p.prolang
            where not t.tgisinternal and t.tgenabled <> 'D' and not l.lanpltrusted and r.writable
              and p.pronamespace <> 'pg_catalog'::regnamespace
              and ('pg_proc'::regclass, p.oid) not in (select class, object from extension)
            union all
            select 'OBJECT_KIND_UNKNOWN', r.sql || ' of kind ' || r.relkind::text,
                   pg_catalog.format('revoke all on %s from %s', r.sql, (
                       select pg_catalog.string_agg(g.name, ', ') from grantee g))
            from relation r
            where r.relkind not in ('r', 'p', 'v', 'm', 'f') and r.reachable
            union all
            select 'LARGE_OBJECTS_IN_USE', 'large objects owned by ' || pg_catalog.pg_get_userbyid(m.lomowner), null
            from pg_catalog.pg_largeobject_metadata m
            group by m.lomowner
            union all
            select 'PUBLICATION_OF_TABLES', 'publication ' || p.pubname,
                   pg_catalog.format('drop publication %I', p.pubname)
            from pg_catalog.pg_publication p
            union all
            select 'SUBSCRIPTION_WRITES', 'subscription ' || s.subname,
                   pg_catalog.format('alter subscription %I disable', s.subname)
            from pg_catalog.pg_subscription s
            join pg_catalog.pg_database d on d.oid = s.subdbid and d.datname = pg_catalog.current_database()
            where s.subenabled
            union all
            select 'EVENT_TRIGGER_FIRES', 'event trigger ' || e.evtname,
                   pg_catalog.format('alter event trigger %I disable', e.evtname)
            from pg_catalog.pg_event_trigger e
            where e.evtenabled <> 'D'
              and ('pg_event_trigger'::regclass, e.oid) not in (select class, object from extension)
            union all
            select 'DEFAULT_PRIVILEGES_GRANT',
                   'default privileges of ' || pg_catalog.pg_get_userbyid(a.defaclrole)
                       || coalesce(' in schema ' || n.nspname, '') || ' to ' || g.name,
                   pg_catalog.format('alter default privileges for role %I%s revoke all on tables from %s',
                       pg_catalog.pg_get_userbyid(a.defaclrole),
                       coalesce(' in schema ' || pg_catalog.quote_ident(n.nspname), ''), g.name)
            from pg_catalog.pg_default_acl a
            left join pg_catalog.pg_namespace n on n.oid = a.defaclnamespace
            join grantee g on exists (
                select from pg_catalog.aclexplode(a.defaclacl) entry
                where entry.grantee = g.role and entry.grantee <> a.defaclrole)
            where a.defaclobjtype = 'r'
            order by 1, 2
            """;

    private static final String LARGE_OBJECTS =
            "-- Keep such data in a bytea column of a protected table, then lo_unlink"
                    + " each of pg_largeobject_metadata.";

    @Override
    public List<Finding> run(AuditSession session) throws SQLException {
        if (session.role().isSuperuser()) {
            return List.of(); // nothing can be kept from a superuser, which is a finding of its own
        }
        var findings = new ArrayList<Finding>();
        try (var statement = session.connection().createStatement();
                var row = statement.executeQuery(OBJECTS)) {
            while (row.next()) {
                var mend = row.getString("mend");
                findings.add(new Finding(
                        FindingCode.valueOf(row.getString("code")),
                        row.getString("object"),
                        mend == null ? LARGE_OBJECTS : mend));
            }
        }
        return findings;
    }
}
