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
            begin
                execute format('create role %I %s', wanted.name, wanted.options);
            exception when insufficient_privilege then
                -- Some servers give bypassrls to nobody. The migrations' script then sets FORCE aside while it runs.
                execute format('create role %I %s', wanted.name, replace(wanted.options, 'bypassrls', ''));
                raise warning 'role % cannot bypass row security on this server', wanted.name;
            end;
        end if;
    end loop;
    -- A role of such a name may be there already, with rights that must not serve requests.
    for wanted in
        select rolname as name
        from pg_catalog.pg_roles
        where rolname in ('tenancy_app', 'tenancy_control')
          and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
    loop
        execute format('alter role %I nosuperuser nobypassrls nocreaterole nocreatedb noreplication', wanted.name);
    end loop;
    -- Temporary tables outlive a transaction and could shadow real ones.
    execute format('revoke create, temporary on database %I from public, tenancy_app', current_database());
    execute format('grant create on database %I to tenancy_owner', current_database());
end
$$;

grant tenancy_owner to tenancy_migrator;

revoke create on schema public from public, tenancy_app;
grant usage, create on schema public to tenancy_owner;

create schema if not exists tenancy authorization tenancy_owner;
alter schema tenancy owner to tenancy_owner;
grant usage on schema tenancy to tenancy_app, tenancy_admin;
grant usage, create on schema tenancy to tenancy_control;
