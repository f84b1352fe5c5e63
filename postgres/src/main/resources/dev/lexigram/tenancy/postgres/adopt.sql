-- Hands what an existing application has in schema public to tenancy_owner: then tenancy_migrator can migrate it, and no
-- login that serves requests owns any of it. Tables of the control plane that another login has made go to
-- tenancy_control. Run it once as a superuser, after roles.sql; it may be run again.

do $$
declare
    command text;
begin
    for command in
        select format('alter table %s owner to tenancy_owner', c.oid::regclass)
        from pg_catalog.pg_class c
        where c.relnamespace = 'public'::regnamespace
          and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
          and c.relowner <> 'tenancy_owner'::regrole
          and not exists (
              select from pg_catalog.pg_depend d
              where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
                and (d.deptype = 'e' or c.relkind = 'S' and d.deptype in ('a', 'i'))) -- these follow their table
        union all
        select format('alter routine %s owner to tenancy_owner', p.oid::regprocedure)
        from pg_catalog.pg_proc p
        where p.pronamespace = 'public'::regnamespace
          and p.proowner <> 'tenancy_owner'::regrole
          and not exists (
              select from pg_catalog.pg_depend d
              where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
        union all
        select format('alter type %s owner to tenancy_owner', t.oid::regtype)
        from pg_catalog.pg_type t
        where t.typnamespace = 'public'::regnamespace
          and t.typtype in ('e', 'd')
          and t.typowner <> 'tenancy_owner'::regrole
          and not exists (
              select from pg_catalog.pg_depend d
              where d.classid = 'pg_catalog.pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
        union all
        select format('alter table %s owner to tenancy_control', c.oid::regclass)
        from pg_catalog.pg_class c
        where c.relnamespace = 'tenancy'::regnamespace
          and c.relkind = 'r'
          and c.relowner <> 'tenancy_control'::regrole
    loop
        execute command;
    end loop;
end
$$;
