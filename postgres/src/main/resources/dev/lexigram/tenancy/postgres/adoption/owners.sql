-- Roles that do not exist, and what tenancy_migrator could not change.
, wanted (role) as (select owner from given union select app from given),
migrated as ( -- what a member of the owner has made, such as tenancy_migrator, it can hand over itself
    select c.oid, c.relnamespace as place, owner.oid is distinct from c.relowner
               and (holder.rolsuper or not coalesce(pg_has_role(holder.oid, owner.oid, 'member'), false)) as is_foreign
    from (select id from tenant union select id from shared) known
    join pg_class c on c.oid = known.id
    join pg_roles holder on holder.oid = c.relowner
    cross join given
    left join pg_roles owner on owner.rolname = given.owner),
place as (
    select n.oid, n.oid::regnamespace as name, n.nspname = 'public' as is_public,
           coalesce(
               n.nspowner = owner.oid or not holder.rolsuper and pg_has_role(holder.oid, owner.oid, 'member'),
               false) as is_owned,
           coalesce(has_schema_privilege(owner.oid, n.oid, 'create'), false)
               and coalesce(has_schema_privilege(app.oid, n.oid, 'usage'), false) as is_open,
           (select string_agg(
                       format(E';\nalter table %s owner to %I', m.oid::regclass, given.owner), ''
                       order by m.oid::regclass::text)
            from migrated m
            where m.place = n.oid and m.is_foreign) as tables
    from (select distinct place from migrated) found
    join pg_namespace n on n.oid = found.place
    join pg_roles holder on holder.oid = n.nspowner
    cross join given
    left join pg_roles owner on owner.rolname = given.owner
    left join pg_roles app on app.rolname = given.app)

select 'ROLE_MISSING' as code, 'role ' || quote_ident(role) as object,
       '-- As a superuser: run roles.sql of lexigram-tenancy-postgres, then adopt.sql.' as mend
from wanted
where not exists (select from pg_roles where rolname = role)

union all
select 'OWNER_OTHER', format('schema %s', place.name),
       case when place.is_public then '-- As a superuser: run roles.sql, then adopt.sql, of lexigram-tenancy-postgres.'
           else format(E'-- As a superuser, after roles.sql:\nalter schema %s owner to %I', place.name, given.owner)
               || coalesce(place.tables, '') end
from place
cross join given
where place.tables is not null or not (place.is_owned or place.is_open)

order by 1 desc, 2, 3
