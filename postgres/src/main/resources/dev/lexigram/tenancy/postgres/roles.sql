-- The roles of lexigram-tenancy and what each may do in this database. Run it as a superuser in every database that
-- holds tenants; it may be run again. Passwords are yours to set: alter role tenancy_app password '...'.
--
--   tenancy_owner     owns schemas, tables and functions; cannot log in
--   tenancy_migrator  runs migrations, bound to no tenant; never serves requests
--   tenancy_app       serves requests; owns nothing and bypasses nothing
--   tenancy_admin     reads across tenants from a pool of its own; never writes
--   tenancy_control   keeps the tenants themselves, in schema tenancy

do $$
declare
    wanted record;
begin
    for wanted in
        select *
        from (values ('tenancy_owner', 'nologin'),
                     ('tenancy_migrator', 'login bypassrls'),
                     ('tenancy_app', 'login'),
                     ('tenancy_admin', 'login bypassrls'),
                     ('tenancy_control', 'login')) as roles (name, options)
    loop
        if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
            execute format('create role %I %s', wanted.name, wanted.options);
        end if;
    end loop;
    -- Temporary tables outlive a transaction and could shadow real ones.
    execute format('revoke create, temporary on database %I from public', current_database());
    execute format('grant create on database %I to tenancy_owner', current_database());
end
$$;

grant tenancy_owner to tenancy_migrator;

revoke create on schema public from public;
grant usage, create on schema public to tenancy_owner;

create schema if not exists tenancy authorization tenancy_owner;
grant usage on schema tenancy to tenancy_app, tenancy_admin;
grant usage, create on schema tenancy to tenancy_control;
