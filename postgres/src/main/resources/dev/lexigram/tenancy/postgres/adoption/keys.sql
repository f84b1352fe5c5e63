-- Which keys gain the tenant, which stay across tenants, and what stands in the way of rewriting them.
, unique_key as (
    select i.indexrelid as id, i.indrelid as home, i.indisprimary, i.indisreplident, i.indkey, i.indnkeyatts,
           c.oid as constraint_id,
           (select string_agg(pg_get_indexdef(i.indexrelid, place, false), ', ' order by place)
            from generate_series(1, i.indnkeyatts) place) as columns,
           coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid), '') as condition,
           not i.indisprimary or given.tenant_first as is_rewritten
    from pg_index i
    join tenant on tenant.id = i.indrelid
    join pg_class x on x.oid = i.indexrelid
    left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x')
    cross join given
    where i.indisunique and not x.relispartition and c.contype is distinct from 'x'
      and not exists (
          select from unnest(i.indkey) with ordinality k (number, place)
          join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
          where a.attname = 'tenant_id' and k.place <= i.indnkeyatts)),
key_column as (
    select key.id, a.atttypid = 'uuid'::regtype as is_uuid,
           a.atttypid = any ('{int2,int4,int8}'::regtype[]) as is_integer,
           a.attidentity <> ''
               or coalesce(pg_get_expr(d.adbin, d.adrelid) ~ '^[(]*[A-Za-z0-9_."]+[(]', false)
               or exists (
                   select from pg_constraint f
                   join tenant parent on parent.id = f.confrelid
                   where f.contype = 'f' and f.conrelid = key.home and a.attnum = any (f.conkey))
               or exists (
                   select from pg_class s
                   where s.relkind = 'S' and s.relnamespace = home.relnamespace
                     and s.relname in (
                         home.relname || '_seq', home.relname || '_' || a.attname || '_seq', 'hibernate_sequence'))
               as is_generated
    from unique_key key
    join pg_class home on home.oid = key.home
    cross join unnest(key.indkey) with ordinality k (number, place)
    join pg_attribute a on a.attrelid = key.home and a.attnum = k.number
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where key.indisprimary and not key.is_rewritten and k.place <= key.indnkeyatts),
primary_key as (
    select id, bool_or(is_uuid) or count(*) = 1 and bool_or(is_integer) as may_be_generated
    from key_column
    group by id
    having not bool_or(is_generated))

select case when primary_key.may_be_generated then 'KEY_ASSIGNED' else 'KEY_NATURAL' end as code,
       format('%s (%s)', key.home::regclass, key.columns) as object,
       case when primary_key.may_be_generated
           then '-- Nothing to do where the application draws the key at random or from one sequence for all tenants.'
           else format(
               E'%salter table %s drop constraint %I, add unique (%s);\n'
                   || E'-- Under another name, if the table has such a column:\n'
                   || 'alter table %2$s add column id bigint generated always as identity primary key%5$s',
               coalesce(reference.drops, ''), key.home::regclass, c.conname, key.columns, reference.additions)
       end as mend
from primary_key
join unique_key key on key.id = primary_key.id
join pg_constraint c on c.oid = key.constraint_id
cross join lateral (
    select string_agg(
               format(E'alter table %s drop constraint %I;\n', f.conrelid::regclass, f.conname), '' order by f.oid)
               as drops,
           string_agg(
               format(E';\nalter table %s add constraint %I ', f.conrelid::regclass, f.conname)
                   || pg_get_constraintdef(f.oid), '' order by f.oid) as additions
    from pg_constraint f
    where f.contype = 'f' and f.conparentid = 0 and f.conindid = key.id) reference

union all
select 'ON_CONFLICT', format('%s on %s', key.id::regclass, key.home::regclass),
       regexp_replace(
           format('-- on conflict (%s)%s must become on conflict (tenant_id, %1$s)%2$s', key.columns, key.condition),
           '[[:cntrl:]]', '?', 'g') -- a line break in a name would end the comment
from unique_key key
where key.is_rewritten

union all
select 'KEY_GLOBAL', format('constraint %I on %s', c.conname, c.conrelid::regclass),
       format(
           E'create extension if not exists btree_gist;\nalter table %s drop constraint %I, add constraint %2$I ',
           c.conrelid::regclass, c.conname)
           || regexp_replace(pg_get_constraintdef(c.oid), '[(]', '(tenant_id with =, ')
           || E';\n-- Run it after the migration, which makes the column.'
from pg_constraint c
join tenant on tenant.id = c.conrelid
where c.contype = 'x' and c.conparentid = 0 and pg_get_constraintdef(c.oid) !~ 'tenant_id WITH'

union all
select 'KEY_IN_USE', format('%s of %s', key.id::regclass, key.home::regclass),
       regexp_replace(
           format('-- Drop %s and create it again after the migration.', pg_describe_object(d.classid, d.objid, 0)),
           '[[:cntrl:]]', '?', 'g')
from unique_key key
join pg_depend d on d.deptype = 'n'
    and (d.refclassid = 'pg_constraint'::regclass and d.refobjid = key.constraint_id
        or d.refclassid = 'pg_class'::regclass and d.refobjid = key.id)
where key.is_rewritten and d.classid in ('pg_rewrite'::regclass, 'pg_proc'::regclass)

union all
select 'REPLICA_IDENTITY', format('%s of %s', key.id::regclass, key.home::regclass),
       format(E'-- After the migration:\nalter table %s replica identity using index %I', key.home::regclass, x.relname)
from unique_key key
join pg_class x on x.oid = key.id
where key.indisreplident and key.is_rewritten

order by 1, 2, 3
