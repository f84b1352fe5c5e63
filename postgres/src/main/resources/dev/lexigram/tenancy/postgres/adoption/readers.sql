-- What reads or writes tables of tenants with other rights than the caller's, or past the policies.
, reader (id) as (
    select id from tenant
    union
    select r.ev_class
    from reader
    join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = reader.id
        and d.classid = 'pg_rewrite'::regclass
    join pg_rewrite r on r.oid = d.objid and r.ev_class <> reader.id and r.ev_type = '1'),
definer as (
    select p.oid, p.oid::regprocedure as name, p.prokind
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'tenancy')
      and not exists (
          select from pg_depend d
          where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'))

select case c.relkind when 'v' then 'VIEW_OF_OWNER' else 'MATERIALIZED_VIEW' end as code,
       c.oid::regclass::text as object,
       case c.relkind
           when 'v' then format(
               E'alter view %s set (security_invoker = true);\n-- After the migration, if the application reads it:\n'
                   || 'grant select on %1$s to %I', c.oid::regclass, given.app)
           else format(
               E'-- A view with security_invoker in its place, or nothing of it for the application:\n'
                   || 'revoke all on %s from public, %I', c.oid::regclass, given.app)
       end as mend
from reader
join pg_class c on c.oid = reader.id
cross join given
where c.relkind = 'm' or c.relkind = 'v' and not exists (
    select from pg_options_to_table(c.reloptions) where option_name = 'security_invoker' and option_value::bool)

union all
select 'FOREIGN_TABLE', c.oid::regclass::text,
       '-- The migration stops at it: detach the partition, or keep its rows in this database.'
from tenant
join pg_class c on c.oid = tenant.id
where c.relkind = 'f'

union all
select 'FUNCTION_OF_OWNER', format('%s', name),
       format('alter %s %s security invoker', case prokind when 'p' then 'procedure' else 'function' end, name)
from definer

union all
select 'TRIGGER', format('trigger %I on %s', t.tgname, t.tgrelid::regclass),
       regexp_replace(
           format(
               '-- %s works for the bound tenant: let it use only tables that %I may use, and expect its rows alone.',
               t.tgfoid::regprocedure, given.app),
           '[[:cntrl:]]', '?', 'g') -- a line break in a name would end the comment
from pg_trigger t
join tenant on tenant.id = t.tgrelid
cross join given
where not t.tgisinternal and t.tgparentid = 0

union all
select 'RULE', format('rule %I on %s', r.rulename, r.ev_class::regclass),
       format('drop rule %I on %s', r.rulename, r.ev_class::regclass)
from pg_rewrite r
join tenant on tenant.id = r.ev_class

union all
select 'POLICY_OTHER', format('policy %I on %s', p.polname, p.polrelid::regclass),
       format('drop policy %I on %s', p.polname, p.polrelid::regclass)
from pg_policy p
join tenant on tenant.id = p.polrelid
where p.polpermissive and p.polname not in ('tenancy_allow', 'tenancy_confine')

union all
select 'PUBLISHED', format('publication %I', p.pubname),
       '-- Let only subscribers that may hold the rows of all tenants read it.'
from pg_publication p
where p.puballtables
   or exists (
       select from pg_publication_rel r join tenant on tenant.id = r.prrelid where r.prpubid = p.oid)
   or exists (
       select from pg_publication_namespace s
       join pg_class c on c.relnamespace = s.pnnspid
       join tenant on tenant.id = c.oid
       where s.pnpubid = p.oid)

order by 1, 2, 3
