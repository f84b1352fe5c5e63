-- Indexes that begin with the tenant, written by lexigram-tenancy. Run it after the tenants' migration, as
-- tenancy_migrator, outside of a transaction: for Flyway with executeInTransaction=false in the script's
-- .conf and with flyway.postgresql.transactional-lock=false, without which it waits for Flyway itself.
-- What was interrupted leaves an invalid index, to be dropped by hand before this is run again.

create index concurrently if not exists "ticket_contact_id_idx_tenant" on "public"."ticket" using btree (tenant_id, contact_id);
create index concurrently if not exists "ticket_category_id_fkey_tenant" on "public"."ticket" using btree (tenant_id, category_id);
