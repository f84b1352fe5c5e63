-- Indexes that begin with the tenant, written by lexigram-tenancy. Run it after the tenants' migration, as
-- tenancy_migrator, outside of a transaction. Flyway needs executeInTransaction=false in the script's .conf,
-- and flyway.postgresql.transactional.lock=false (of Spring: spring.flyway.postgresql.transactional-lock):
-- otherwise the first index waits for Flyway itself until lock_timeout. It may be run again.

do $tenancy$
declare
    remains text;
begin
    select pg_catalog.string_agg(pg_catalog.format('drop index concurrently %s', i.indexrelid::regclass), '; ')
    into remains
    from pg_catalog.pg_index i
    where not i.indisvalid and i.indexrelid = any (array[pg_catalog.to_regclass('"public"."ticket_contact_id_idx_tenant"'), pg_catalog.to_regclass('"public"."ticket_category_id_fkey_tenant"')]);
    if remains is not null then
        raise object_not_in_prerequisite_state using
            message = 'what was interrupted has left indexes that are not valid',
            hint = 'Run this and then the script again: ' || remains;
    end if;
end
$tenancy$;

set lock_timeout = '1min';

create index concurrently if not exists "ticket_contact_id_idx_tenant" on "public"."ticket" using btree (tenant_id, contact_id);

create index concurrently if not exists "ticket_category_id_fkey_tenant" on "public"."ticket" using btree (tenant_id, category_id);

reset lock_timeout;
