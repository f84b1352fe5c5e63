-- Every row belongs to one tenant, and the database holds to it.

create or replace function tenancy.require_tenant() returns text
    language plpgsql stable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
    tenant text := nullif(current_setting('tenancy.tenant_id', true), '');
begin
    if tenant is null then
        raise insufficient_privilege using message = 'tenant not bound';
    end if;
    return tenant;
end $$;

alter table customer add column tenant_id text check (tenant_id <> '');
alter table customer alter column tenant_id set default tenancy.require_tenant(), alter column tenant_id set not null;
alter table customer add unique (tenant_id, id);
alter table customer enable row level security;
alter table customer force row level security;
create policy tenancy_allow on customer as permissive for all to public
    using (tenant_id = (select tenancy.require_tenant())) with check (tenant_id = (select tenancy.require_tenant()));
create policy tenancy_confine on customer as restrictive for all to public
    using (tenant_id = (select tenancy.require_tenant())) with check (tenant_id = (select tenancy.require_tenant()));

alter table invoice add column tenant_id text check (tenant_id <> '');
alter table invoice alter column tenant_id set default tenancy.require_tenant(), alter column tenant_id set not null;
alter table invoice add unique (tenant_id, id);
alter table invoice drop constraint invoice_customer_id_fkey;
alter table invoice add foreign key (tenant_id, customer_id) references customer (tenant_id, id);
alter table invoice enable row level security;
alter table invoice force row level security;
create policy tenancy_allow on invoice as permissive for all to public
    using (tenant_id = (select tenancy.require_tenant())) with check (tenant_id = (select tenancy.require_tenant()));
create policy tenancy_confine on invoice as restrictive for all to public
    using (tenant_id = (select tenancy.require_tenant())) with check (tenant_id = (select tenancy.require_tenant()));

alter table invoice_line add column tenant_id text check (tenant_id <> '');
alter table invoice_line alter column tenant_id set default tenancy.require_tenant(), alter column tenant_id set not null;
alter table invoice_line add unique (tenant_id, id);
alter table invoice_line drop constraint invoice_line_invoice_id_fkey;
alter table invoice_line add foreign key (tenant_id, invoice_id) references invoice (tenant_id, id) on delete cascade;
alter table invoice_line enable row level security;
alter table invoice_line force row level security;
create policy tenancy_allow on invoice_line as permissive for all to public
    using (tenant_id = (select tenancy.require_tenant())) with check (tenant_id = (select tenancy.require_tenant()));
create policy tenancy_confine on invoice_line as restrictive for all to public
    using (tenant_id = (select tenancy.require_tenant())) with check (tenant_id = (select tenancy.require_tenant()));

grant usage on schema public, tenancy to tenancy_app;
grant execute on function tenancy.require_tenant() to tenancy_app;
grant select, insert, update, delete on customer, invoice, invoice_line to tenancy_app;
