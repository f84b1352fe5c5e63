-- For tenants that have a database each: the login that makes them. Run it as a superuser in the application's own database,
-- after roles.sql; it may be run again. The password is yours to set: alter role tenancy_provisioner password '...'.
--
--   tenancy_provisioner  makes and removes databases and their logins; never serves requests

do $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'tenancy_provisioner') then
        create role tenancy_provisioner login createdb createrole;
    end if;
end
$$;

alter role tenancy_provisioner nosuperuser nobypassrls noreplication createdb createrole;
grant tenancy_owner to tenancy_provisioner;

-- Each tenant's database says in its settings whose it is.
grant set on parameter tenancy.tenant_id to tenancy_provisioner;
