-- The tables of one tenant become tables of many, as the catalogue had them.
-- Rows that are there belong to acme.
-- Keys: SURROGATE
--
--   of tenants  public.category
--   of tenants  public.contact
--   of tenants  public.ticket
--   of tenants  public.ticket_comment
--   shared      public.priority
--
-- Row-level isolation by tenant, written by RowLevelPolicies of lexigram-tenancy.
-- Run it as tenancy_migrator, in one transaction, bound to no tenant. It may be run again.

do $tenancy$
declare
    wanted text;
    place regnamespace;
begin
    foreach wanted in array array['tenancy_owner', 'tenancy_app'] loop
        if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
            raise undefined_object using
                message = pg_catalog.format('role %I does not exist', wanted),
                hint = 'Run roles.sql as a superuser, or name your own role: withOwnerRole, withAppRole.';
        end if;
    end loop;
    if not exists (select from pg_catalog.pg_namespace where nspname = 'tenancy') then
        execute pg_catalog.format('create schema tenancy authorization %I', 'tenancy_owner');
    end if;
    for place in
        select relnamespace from pg_catalog.pg_class where oid = any (array['"public"."category"', '"public"."contact"', '"public"."ticket"', '"public"."ticket_comment"', '"public"."priority"']::regclass[])
        union select oid from pg_catalog.pg_namespace where nspname = 'tenancy'
    loop
        if not pg_catalog.has_schema_privilege('tenancy_owner', place, 'create') then
            execute pg_catalog.format('grant usage, create on schema %s to %I', place, 'tenancy_owner');
        end if;
        if not pg_catalog.has_schema_privilege('tenancy_app', place, 'usage') then
            execute pg_catalog.format('grant usage on schema %s to %I', place, 'tenancy_app');
        end if;
        -- Without the right to grant, a grant is only a warning.
        if not pg_catalog.has_schema_privilege('tenancy_owner', place, 'create')
            or not pg_catalog.has_schema_privilege('tenancy_app', place, 'usage') then
            raise insufficient_privilege using
                message = pg_catalog.format('schema %s belongs to somebody else', place),
                hint = pg_catalog.format('As a superuser: alter schema %s owner to %I', place, 'tenancy_owner');
        end if;
    end loop;
end
$tenancy$;

create or replace function tenancy.require_tenant() returns text
    language plpgsql stable parallel safe set search_path = pg_catalog, pg_temp
    as $tenancy$
declare
    tenant text := nullif(current_setting('tenancy.tenant_id', true), '');
begin
    if tenant is null then
        raise insufficient_privilege using message = 'tenant not bound';
    end if;
    return tenant;
end
$tenancy$;

alter function tenancy.require_tenant() owner to "tenancy_owner";

revoke all on function tenancy.require_tenant() from public;

grant execute on function tenancy.require_tenant() to "tenancy_owner", "tenancy_app";

alter table "public"."category" owner to "tenancy_owner";

alter table "public"."category" add column if not exists tenant_id text default 'acme';

do $tenancy$
begin
    if exists (
        select from pg_catalog.pg_attribute
        where attrelid = '"public"."category"'::regclass and attname = 'tenant_id' and not attnotnull
    ) then
        update "public"."category" set tenant_id = 'acme' where tenant_id is null;
    end if;
end
$tenancy$;

alter table "public"."category"
    alter column tenant_id set default tenancy.require_tenant(),
    alter column tenant_id set not null,
    drop constraint if exists tenancy_tenant_id,
    add constraint tenancy_tenant_id check (tenant_id <> '');

alter table "public"."contact" owner to "tenancy_owner";

alter table "public"."contact" add column if not exists tenant_id text default 'acme';

do $tenancy$
begin
    if exists (
        select from pg_catalog.pg_attribute
        where attrelid = '"public"."contact"'::regclass and attname = 'tenant_id' and not attnotnull
    ) then
        update "public"."contact" set tenant_id = 'acme' where tenant_id is null;
    end if;
end
$tenancy$;

alter table "public"."contact"
    alter column tenant_id set default tenancy.require_tenant(),
    alter column tenant_id set not null,
    drop constraint if exists tenancy_tenant_id,
    add constraint tenancy_tenant_id check (tenant_id <> '');

alter table "public"."ticket" owner to "tenancy_owner";

alter table "public"."ticket" add column if not exists tenant_id text default 'acme';

do $tenancy$
begin
    if exists (
        select from pg_catalog.pg_attribute
        where attrelid = '"public"."ticket"'::regclass and attname = 'tenant_id' and not attnotnull
    ) then
        update "public"."ticket" set tenant_id = 'acme' where tenant_id is null;
    end if;
end
$tenancy$;

alter table "public"."ticket"
    alter column tenant_id set default tenancy.require_tenant(),
    alter column tenant_id set not null,
    drop constraint if exists tenancy_tenant_id,
    add constraint tenancy_tenant_id check (tenant_id <> '');

alter table "public"."ticket_comment" owner to "tenancy_owner";

alter table "public"."ticket_comment" add column if not exists tenant_id text default 'acme';

do $tenancy$
begin
    if exists (
        select from pg_catalog.pg_attribute
        where attrelid = '"public"."ticket_comment"'::regclass and attname = 'tenant_id' and not attnotnull
    ) then
        update "public"."ticket_comment" set tenant_id = 'acme' where tenant_id is null;
    end if;
end
$tenancy$;

alter table "public"."ticket_comment"
    alter column tenant_id set default tenancy.require_tenant(),
    alter column tenant_id set not null,
    drop constraint if exists tenancy_tenant_id,
    add constraint tenancy_tenant_id check (tenant_id <> '');

do $tenancy$
declare
    tables constant regclass[] := array(
        select pg_catalog.unnest(array['"public"."category"', '"public"."contact"', '"public"."ticket"', '"public"."ticket_comment"']::regclass[])
        union
        select tree.relid
        from pg_catalog.unnest(array['"public"."category"', '"public"."contact"', '"public"."ticket"', '"public"."ticket_comment"']::regclass[]) root
        cross join lateral pg_catalog.pg_partition_tree(root) tree);
    tenant_first constant boolean := 'SURROGATE' = 'TENANT_FIRST';
    forced regclass[];
    item record;
    head text;
    tail text;
    command text;
    drops text[] := '{}';
    keys text[] := '{}';
    additions text[] := '{}';
    validations text[] := '{}';
begin
    for item in
        select c.*, c.conrelid::regclass as child, c.confrelid::regclass as parent, own.names as own,
               other.names as other, pg_catalog.pg_get_constraintdef(c.oid) as definition,
               exists (
                   select from pg_catalog.pg_class t
                   where t.oid in (c.conrelid, c.confrelid) and t.relkind = 'p') as is_partitioned
        from pg_catalog.pg_constraint c
        cross join lateral (
            select pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' order by k.place) as names
            from pg_catalog.unnest(c.conkey) with ordinality k (number, place)
            join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number) own
        cross join lateral (
            select pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' order by k.place) as names
            from pg_catalog.unnest(c.confkey) with ordinality k (number, place)
            join pg_catalog.pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number) other
        where c.contype = 'f' and c.conparentid = 0
          and c.conrelid = any (tables) and c.confrelid = any (tables)
          and not exists (
              select from pg_catalog.pg_attribute a
              where a.attrelid = c.conrelid and a.attname = 'tenant_id' and a.attnum = any (c.conkey))
    loop
        head := pg_catalog.format('FOREIGN KEY (%s) REFERENCES %s(%s)', item.own, item.parent, item.other);
        if not pg_catalog.starts_with(item.definition, head)
            or item.confmatchtype = 'f' or item.confupdtype in ('n', 'd') then
            raise feature_not_supported using
                message = pg_catalog.format('foreign key %I of %s cannot be rewritten', item.conname, item.child),
                hint = 'Write it by hand so that it begins with tenant_id on both sides.';
        end if;
        tail := pg_catalog.substr(item.definition, pg_catalog.length(head) + 1);
        if item.confdelsetcols is null then
            tail := replace(tail, 'ON DELETE SET NULL', 'ON DELETE SET NULL (' || item.own || ')');
            tail := replace(tail, 'ON DELETE SET DEFAULT', 'ON DELETE SET DEFAULT (' || item.own || ')');
        end if;
        -- Partitioned tables take no unvalidated key before PostgreSQL 18.
        if item.convalidated and not item.is_partitioned then
            tail := tail || ' not valid';
            validations := validations || pg_catalog.format('alter table %s validate constraint %I',
                item.child, item.conname);
        end if;
        drops := drops || pg_catalog.format('alter table %s drop constraint %I', item.child, item.conname);
        additions := additions || pg_catalog.format(
            'alter table %s add constraint %I foreign key (tenant_id, %s) references %s (tenant_id, %s)%s',
            item.child, item.conname, item.own, item.parent, item.other, tail);
    end loop;

    for item in
        select c.conrelid::regclass as home, c.conname, c.contype,
               pg_catalog.regexp_replace(
                   pg_catalog.pg_get_constraintdef(c.oid), '[(]', '(tenant_id, ') as definition,
               exists (
                   select from pg_catalog.pg_constraint twin
                   where twin.conrelid = c.conrelid and twin.contype = 'u'
                     and twin.conkey = a.attnum || c.conkey) as has_twin
        from pg_catalog.pg_constraint c
        join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attname = 'tenant_id'
        where c.contype in ('p', 'u') and c.conparentid = 0
          and c.conrelid = any (tables) and a.attnum <> all (c.conkey)
    loop
        if item.contype = 'u' or tenant_first then
            keys := keys || pg_catalog.format('alter table %s drop constraint %I, add constraint %2$I %s',
                item.home, item.conname, item.definition);
        elsif not item.has_twin then
            keys := keys || pg_catalog.format('alter table %s add %s',
                item.home, pg_catalog.regexp_replace(item.definition, '^PRIMARY KEY', 'UNIQUE'));
        end if;
    end loop;

    for item in
        select x.oid::regclass as name, pg_catalog.pg_get_indexdef(x.oid) as definition, x.relkind,
               pg_catalog.format('CREATE UNIQUE INDEX %I ON ', x.relname) as opening,
               pg_catalog.format('%I.%I USING btree (', n.nspname, h.relname) as place
        from pg_catalog.pg_index i
        join pg_catalog.pg_class x on x.oid = i.indexrelid
        join pg_catalog.pg_class h on h.oid = i.indrelid
        join pg_catalog.pg_namespace n on n.oid = h.relnamespace
        join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attname = 'tenant_id'
        where i.indrelid = any (tables) and i.indisunique and not x.relispartition
          and not exists (
              select from pg_catalog.unnest(i.indkey) with ordinality k (number, place)
              where k.number = a.attnum and k.place <= i.indnkeyatts)
          and not exists (
              select from pg_catalog.pg_constraint c
              where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
    loop
        head := item.opening || case item.relkind when 'I' then 'ONLY ' else '' end || item.place;
        if not pg_catalog.starts_with(item.definition, head) then
            raise feature_not_supported using
                message = pg_catalog.format('unique index %s cannot be rewritten', item.name),
                hint = 'Create it again with tenant_id as its first column.';
        end if;
        drops := drops || pg_catalog.format('drop index %s', item.name);
        keys := keys || (item.opening || item.place || 'tenant_id, '
            || pg_catalog.substr(item.definition, pg_catalog.length(head) + 1));
    end loop;

    select pg_catalog.array_agg(c.oid) into forced
    from pg_catalog.pg_class c
    where c.oid = any (tables) and c.relforcerowsecurity and drops || keys <> '{}';
    for item in select pg_catalog.unnest(forced) as home loop
        execute pg_catalog.format('alter table %s no force row level security', item.home);
    end loop;
    foreach command in array drops || keys || additions || validations loop
        execute command;
    end loop;
    for item in select pg_catalog.unnest(forced) as home loop
        execute pg_catalog.format('alter table %s force row level security', item.home);
    end loop;
end
$tenancy$;

alter table "public"."category" enable row level security, force row level security;

drop policy if exists tenancy_allow on "public"."category";

create policy tenancy_allow on "public"."category" as permissive for all to public
    using (tenant_id = (select tenancy.require_tenant()))
    with check (tenant_id = (select tenancy.require_tenant()));

drop policy if exists tenancy_confine on "public"."category";

create policy tenancy_confine on "public"."category" as restrictive for all to public
    using (tenant_id = (select tenancy.require_tenant()))
    with check (tenant_id = (select tenancy.require_tenant()));

revoke all on table "public"."category" from public, "tenancy_app";

grant select, insert, update, delete on table "public"."category" to "tenancy_app";

alter table "public"."contact" enable row level security, force row level security;

drop policy if exists tenancy_allow on "public"."contact";

create policy tenancy_allow on "public"."contact" as permissive for all to public
    using (tenant_id = (select tenancy.require_tenant()))
    with check (tenant_id = (select tenancy.require_tenant()));

drop policy if exists tenancy_confine on "public"."contact";

create policy tenancy_confine on "public"."contact" as restrictive for all to public
    using (tenant_id = (select tenancy.require_tenant()))
    with check (tenant_id = (select tenancy.require_tenant()));

revoke all on table "public"."contact" from public, "tenancy_app";

grant select, insert, update, delete on table "public"."contact" to "tenancy_app";

alter table "public"."ticket" enable row level security, force row level security;

drop policy if exists tenancy_allow on "public"."ticket";

create policy tenancy_allow on "public"."ticket" as permissive for all to public
    using (tenant_id = (select tenancy.require_tenant()))
    with check (tenant_id = (select tenancy.require_tenant()));

drop policy if exists tenancy_confine on "public"."ticket";

create policy tenancy_confine on "public"."ticket" as restrictive for all to public
    using (tenant_id = (select tenancy.require_tenant()))
    with check (tenant_id = (select tenancy.require_tenant()));

revoke all on table "public"."ticket" from public, "tenancy_app";

grant select, insert, update, delete on table "public"."ticket" to "tenancy_app";

alter table "public"."ticket_comment" enable row level security, force row level security;

drop policy if exists tenancy_allow on "public"."ticket_comment";

create policy tenancy_allow on "public"."ticket_comment" as permissive for all to public
    using (tenant_id = (select tenancy.require_tenant()))
    with check (tenant_id = (select tenancy.require_tenant()));

drop policy if exists tenancy_confine on "public"."ticket_comment";

create policy tenancy_confine on "public"."ticket_comment" as restrictive for all to public
    using (tenant_id = (select tenancy.require_tenant()))
    with check (tenant_id = (select tenancy.require_tenant()));

revoke all on table "public"."ticket_comment" from public, "tenancy_app";

grant select, insert, update, delete on table "public"."ticket_comment" to "tenancy_app";

alter table "public"."priority" owner to "tenancy_owner";

revoke all on table "public"."priority" from public, "tenancy_app";

grant select on table "public"."priority" to "tenancy_app";

do $tenancy$
declare
    part regclass;
begin
    for part in
        select tree.relid
        from pg_catalog.unnest(array['"public"."category"', '"public"."contact"', '"public"."ticket"', '"public"."ticket_comment"']::regclass[]) root
        cross join lateral pg_catalog.pg_partition_tree(root) tree
        where tree.relid <> root
    loop
        execute pg_catalog.format('alter table %s owner to %I', part, 'tenancy_owner');
        execute pg_catalog.format('alter table %1$s enable row level security, force row level security;
drop policy if exists tenancy_allow on %1$s;
create policy tenancy_allow on %1$s as permissive for all to public
    using (tenant_id = (select tenancy.require_tenant()))
    with check (tenant_id = (select tenancy.require_tenant()));
drop policy if exists tenancy_confine on %1$s;
create policy tenancy_confine on %1$s as restrictive for all to public
    using (tenant_id = (select tenancy.require_tenant()))
    with check (tenant_id = (select tenancy.require_tenant()))', part);
        execute pg_catalog.format('revoke all on table %s from public, %I', part, 'tenancy_app');
    end loop;
end
$tenancy$;

do $tenancy$
declare
    item record;
begin
    for item in
        select s.oid::regclass as name
        from pg_catalog.pg_class s
        where s.relkind = 'S' and pg_catalog.pg_has_role(s.relowner, 'usage')
          and s.relnamespace in (select t.relnamespace from pg_catalog.pg_class t where t.oid = any (array['"public"."category"', '"public"."contact"', '"public"."ticket"', '"public"."ticket_comment"']::regclass[]))
    loop
        execute pg_catalog.format('revoke all on sequence %s from public, %I', item.name, 'tenancy_app');
        execute pg_catalog.format('grant usage on sequence %s to %I', item.name, 'tenancy_app');
    end loop;
    if exists (select from pg_catalog.pg_roles where rolname = 'tenancy_admin') then
        for item in
            select c.oid::regclass as name, c.relnamespace::regnamespace as place
            from pg_catalog.pg_class c
            where c.oid = any (array['"public"."category"', '"public"."contact"', '"public"."ticket"', '"public"."ticket_comment"', '"public"."priority"']::regclass[])
        loop
            if not pg_catalog.has_schema_privilege('tenancy_admin', item.place, 'usage') then
                execute pg_catalog.format('grant usage on schema %s to %I', item.place, 'tenancy_admin');
            end if;
            execute pg_catalog.format('grant select on table %s to %I', item.name, 'tenancy_admin');
        end loop;
    end if;
end
$tenancy$;
