-- Every table that is no partition, foreign ones included, with its partitions.
select c.oid::bigint as id, n.nspname, c.relname,
       array(
           select tree.relid::oid::bigint
           from pg_partition_tree(c.oid) tree
           where tree.relid <> c.oid
           order by tree.relid::text) as partitions,
       case c.relkind
           when 'p' then (
               select sum(greatest(leaf.reltuples, 0))
               from pg_partition_tree(c.oid) tree
               join pg_class leaf on leaf.oid = tree.relid and tree.isleaf)
           else greatest(c.reltuples, 0)
       end::bigint as row_estimate,
       exists (
           select from pg_depend d
           where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') as is_of_extension,
       c.relkind = 'f' as is_foreign,
       c.relkind = 'r' and exists (
           select from pg_inherits i where c.oid in (i.inhrelid, i.inhparent)) as is_in_hierarchy,
       case
           when a.attnum is null then 'NONE'
           when a.atttypid = 'text'::regtype and l.collisdeterministic and a.attgenerated = '' then 'TEXT'
           else 'OTHER'
       end as tenant_column,
       format_type(a.atttypid, a.atttypmod) as tenant_type,
       exists (
           select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenancy_confine') as is_confined
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
left join pg_collation l on l.oid = a.attcollation
where c.relkind in ('r', 'p', 'f') and not c.relispartition
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
order by n.nspname, c.relname
