-- What every question starts with: the tables by their class, partitions included, and the choices that were made.
with recursive
    tenant (id) as (select unnest(?::bigint[])::oid),
    shared (id) as (select unnest(?::bigint[])::oid),
    given (tenant_first, owner, app) as (select ?::boolean, ?::text, ?::text)
