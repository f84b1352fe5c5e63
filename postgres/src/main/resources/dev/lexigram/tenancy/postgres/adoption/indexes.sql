-- Indexes as they are, and the columns of foreign keys between tables of tenants.
select 'INDEX' as kind, n.nspname, h.relname, x.relname as name, h.relkind = 'p' as is_partitioned,
       i.indisunique as is_unique, i.indpred is not null as is_partial,
       array(
           select pg_get_indexdef(i.indexrelid, place, false)
           from generate_series(1, i.indnkeyatts) place
           order by place) as columns,
       case
           when m.amname = 'btree' and starts_with(d.definition, p.head)
               then substr(d.definition, length(p.head) + 1)
       end as tail
from tenant
join pg_index i on i.indrelid = tenant.id
join pg_class x on x.oid = i.indexrelid and not x.relispartition
join pg_class h on h.oid = i.indrelid
join pg_namespace n on n.oid = h.relnamespace
join pg_am m on m.oid = x.relam
cross join lateral (select pg_get_indexdef(x.oid) as definition) d
cross join lateral (
    select format(
        'CREATE %sINDEX %I ON %s%I.%I USING btree (',
        case when i.indisunique then 'UNIQUE ' end, x.relname, case x.relkind when 'I' then 'ONLY ' end,
        n.nspname, h.relname) as head) p
where i.indisvalid

union all
select 'FOREIGN_KEY', n.nspname, h.relname, c.conname, h.relkind = 'p', false, false,
       array(
           select quote_ident(a.attname)
           from unnest(c.conkey) with ordinality k (number, place)
           join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number
           where a.attname <> 'tenant_id'
           order by k.place),
       null
from pg_constraint c
join tenant child on child.id = c.conrelid
join tenant parent on parent.id = c.confrelid
join pg_class h on h.oid = c.conrelid
join pg_namespace n on n.oid = h.relnamespace
where c.contype = 'f' and c.conparentid = 0

union all
select 'TABLE', n.nspname, h.relname, h.relname, h.relkind = 'p', false, false, '{}', null
from tenant
join pg_class h on h.oid = tenant.id and not h.relispartition
join pg_namespace n on n.oid = h.relnamespace

order by 1 desc, 2, 3, 4
