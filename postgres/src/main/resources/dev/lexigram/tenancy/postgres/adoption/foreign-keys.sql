-- Foreign keys that cannot carry the tenant, or that come back changed.
, foreign_key as (
    select c.*, format('foreign key %I of %s', c.conname, c.conrelid::regclass) as object,
           pg_get_constraintdef(c.oid) as definition,
           c.conrelid in (select id from tenant) as is_of_tenant
    from pg_constraint c
    join tenant parent on parent.id = c.confrelid
    where c.contype = 'f' and c.conparentid = 0
      and not exists (
          select from pg_attribute a
          where a.attrelid = c.conrelid and a.attname = 'tenant_id' and a.attnum = any (c.conkey))),
odd as (
    select *
    from foreign_key
    where is_of_tenant and (confmatchtype = 'f' or confupdtype in ('n', 'd') or definition ~ 'PERIOD '))

select 'REFERENCE_INTO_TENANT' as code, object,
       format(
           E'-- Or make its table a table of tenants, too:\nalter table %s drop constraint %I',
           conrelid::regclass, conname) as mend
from foreign_key
where not is_of_tenant

union all
select 'FOREIGN_KEY_ODD', object,
       format('alter table %s drop constraint %I', conrelid::regclass, conname)
           || case when definition ~ 'PERIOD ' then E';\n-- and write it by hand with tenant_id after the migration'
                  else format(', add constraint %I ', conname)
                      || regexp_replace(definition, ' MATCH FULL| ON UPDATE SET (NULL|DEFAULT)', '', 'g') end
from odd

union all
select 'FOREIGN_KEY_UNVALIDATED', object,
       format('alter table %s validate constraint %I', conrelid::regclass, conname)
from foreign_key
where is_of_tenant and not convalidated

union all
select 'SET_NULL', object,
       regexp_replace(
           format(
               '-- The migration writes: on delete set %s (%s)',
               case confdeltype when 'n' then 'null' else 'default' end,
               (select string_agg(quote_ident(a.attname), ', ' order by k.place)
                from unnest(conkey) with ordinality k (number, place)
                join pg_attribute a on a.attrelid = conrelid and a.attnum = k.number)),
           '[[:cntrl:]]', '?', 'g') -- a line break in a name would end the comment
from foreign_key
where is_of_tenant and confdeltype in ('n', 'd') and confdelsetcols is null and oid not in (select oid from odd)

order by 1, 2, 3
