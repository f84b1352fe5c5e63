-- Version 1 of the control plane: tenants, their names, places and configuration, members, the events not yet told, and
-- unfinished work.
-- The library runs this by itself, once, in one transaction. By hand: run it as tenancy_control (see roles.sql).
-- Who runs it owns these tables; nobody else can read them.

create table tenancy.schema_version (
    version integer not null constraint schema_version_pkey primary key,
    applied_at timestamptz not null default now()
);

create table tenancy.tenants (
    tenant_id text collate "C" not null
        constraint tenants_pkey primary key
        constraint tenants_tenant_id_form check (tenant_id ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,55}$'),
    slug text collate "C" not null
        constraint tenants_slug_form check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    name text collate "C" not null
        constraint tenants_name_length check (char_length(name) between 1 and 200),
    status text not null
        constraint tenants_status_known check (status in
            ('provisioning', 'active', 'inactive', 'suspended', 'failed', 'deleting', 'deleted')),
    status_reason text,
    plan text
        constraint tenants_plan_form check (plan ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    config jsonb not null default '{}'
        constraint tenants_config_form check (jsonb_typeof(config) in ('object', 'null')),
    metadata jsonb not null default '{}'
        constraint tenants_metadata_form check (jsonb_typeof(metadata) in ('object', 'null')),
    delete_policy text,
    purge_at timestamptz,
    legal_hold text,
    idempotency_key text collate "C" constraint tenants_idempotency_key unique,
    idempotency_digest text,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create index tenants_by_status on tenancy.tenants (status, created_at, tenant_id);
create index tenants_by_creation on tenancy.tenants (created_at, tenant_id);
create index tenants_by_purge on tenancy.tenants (purge_at) where status = 'deleting';

-- Ids, slugs and domains share one space of names, in which case does not count.
create table tenancy.tenant_names (
    name text collate "C" not null
        constraint tenant_names_pkey primary key
        constraint tenant_names_length check (char_length(name) between 1 and 253),
    kind text not null
        constraint tenant_names_kind_known check (kind in ('id', 'slug', 'domain')),
    tenant_id text collate "C" not null
        constraint tenant_names_tenant references tenancy.tenants,
    verified_at timestamptz,
    held_until timestamptz
);

create unique index tenant_names_folded on tenancy.tenant_names (lower(name));
create index tenant_names_by_tenant on tenancy.tenant_names (tenant_id);
create index tenant_names_held on tenancy.tenant_names (held_until) where held_until is not null;

create table tenancy.placements (
    tenant_id text collate "C" not null
        constraint placements_pkey primary key
        constraint placements_tenant references tenancy.tenants,
    strategy text not null,
    server text not null default 'default',
    physical_name text collate "C",
    epoch bigint not null default 1,
    fence text not null default 'none',
    fence_reason text,
    fence_until timestamptz,
    schema_version text,
    constraint placements_physical_name unique (server, physical_name)
);

-- A tenant's configuration may be stored before the tenant is, and its events with it: neither refers to tenants.
create table tenancy.tenant_heads (
    tenant_id text collate "C" not null
        constraint tenant_heads_pkey primary key,
    last_sequence bigint not null default 0,
    config_version bigint not null default 0
);

create table tenancy.tenant_configs (
    tenant_id text collate "C" not null
        constraint tenant_configs_head references tenancy.tenant_heads,
    key text collate "C" not null
        constraint tenant_configs_key_form check (key ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$'),
    value jsonb not null
        constraint tenant_configs_value_form check (jsonb_typeof(value) <> 'null'),
    version bigint not null,
    updated_at timestamptz not null,
    updated_by text,
    constraint tenant_configs_pkey primary key (tenant_id, key)
);

create table tenancy.tenant_members (
    tenant_id text collate "C" not null
        constraint tenant_members_tenant references tenancy.tenants,
    principal text collate "C" not null
        constraint tenant_members_principal_length check (char_length(principal) between 1 and 255),
    roles jsonb not null default '[]'
        constraint tenant_members_roles_form check (jsonb_typeof(roles) = 'array'),
    created_at timestamptz not null default now(),
    constraint tenant_members_pkey primary key (principal, tenant_id)
);

create index tenant_members_by_tenant on tenancy.tenant_members (tenant_id);

create table tenancy.outbox (
    event_id uuid not null constraint outbox_pkey primary key,
    tenant_id text collate "C" not null
        constraint outbox_head references tenancy.tenant_heads,
    sequence bigint not null,
    type text not null,
    payload jsonb not null,
    created_at timestamptz not null default now(),
    done_at timestamptz,
    constraint outbox_sequence unique (tenant_id, sequence)
);

create index outbox_open on tenancy.outbox (tenant_id, sequence) where done_at is null;
create index outbox_done on tenancy.outbox (done_at);

-- Who is told of events; each has one row per tenant, which says how far it has come.
create table tenancy.outbox_listeners (
    listener text collate "C" not null constraint outbox_listeners_pkey primary key,
    created_at timestamptz not null default now()
);

create table tenancy.outbox_delivery (
    listener text collate "C" not null
        constraint outbox_delivery_listener references tenancy.outbox_listeners on delete cascade,
    tenant_id text collate "C" not null,
    delivered bigint not null,
    stored bigint not null,
    attempts integer not null default 0,
    next_at timestamptz not null default clock_timestamp(),
    lease uuid,
    parked_at timestamptz,
    cause text,
    constraint outbox_delivery_pkey primary key (listener, tenant_id)
);

create index outbox_delivery_due on tenancy.outbox_delivery (listener, next_at)
    where delivered < stored and parked_at is null;
create index outbox_delivery_by_tenant on tenancy.outbox_delivery (tenant_id, delivered);

-- How far work on a tenant has come. A run is the row whose step is '', its steps are the others.
create table tenancy.journal (
    run_id uuid not null,
    step text not null,
    tenant_id text collate "C" not null
        constraint journal_tenant references tenancy.tenants,
    kind text not null,
    target text,
    state text not null
        constraint journal_state_known check (state in ('open', 'undoing', 'done', 'undone', 'failed')),
    position integer not null default 0,
    detail jsonb not null default '{}',
    fence_token bigint not null default 1,
    lease_until timestamptz,
    started_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint journal_pkey primary key (run_id, step)
);

create unique index journal_open on tenancy.journal (tenant_id) where step = '' and state in ('open', 'undoing');
create index journal_leases on tenancy.journal (lease_until) where step = '' and state in ('open', 'undoing');
create index journal_by_tenant on tenancy.journal (tenant_id, started_at) where step = '';

-- Who did what across tenants. Nothing in it is changed or removed.
create table tenancy.audit (
    id uuid not null constraint audit_pkey primary key,
    at timestamptz not null,
    actor text not null,
    action text not null,
    tenant_id text collate "C",
    reason text,
    detail jsonb not null default '{}'
);

create index audit_by_tenant on tenancy.audit (tenant_id, at);

create function tenancy.refuse_change() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise exception 'tenancy.audit is written once and never changed' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_is_append_only before update or delete or truncate on tenancy.audit
    for each statement execute function tenancy.refuse_change();

-- What the library has made up, such as passwords; encrypted with a key that is not here.
create table tenancy.secrets (
    name text collate "C" not null constraint secrets_pkey primary key,
    sealed bytea not null,
    updated_at timestamptz not null default clock_timestamp()
);

-- Default privileges may have handed the new tables to others, such as the role of the application.
do $$
declare
    handed record;
begin
    for handed in
        select distinct relation.oid::regclass as name, privilege.grantee
        from pg_catalog.pg_class as relation,
             lateral pg_catalog.aclexplode(relation.relacl) as privilege
        where relation.oid in ('tenancy.schema_version'::regclass, 'tenancy.tenants'::regclass,
                               'tenancy.tenant_names'::regclass, 'tenancy.placements'::regclass,
                               'tenancy.tenant_heads'::regclass, 'tenancy.tenant_configs'::regclass,
                               'tenancy.tenant_members'::regclass, 'tenancy.outbox'::regclass,
                               'tenancy.outbox_listeners'::regclass, 'tenancy.outbox_delivery'::regclass,
                               'tenancy.journal'::regclass, 'tenancy.audit'::regclass,
                               'tenancy.secrets'::regclass)
          and privilege.grantee <> relation.relowner
    loop
        execute format('revoke all on table %s from %s', handed.name,
            case handed.grantee when 0 then 'public' else handed.grantee::regrole::text end);
    end loop;
end
$$;

-- With isolation.strict_status the policies ask for a tenant's status, with the rights of who owns the tenants' tables.
do $$
begin
    if exists (select from pg_catalog.pg_roles where rolname = 'tenancy_owner') then
        grant select (tenant_id, status) on tenancy.tenants to tenancy_owner;
        grant select (tenant_id, step, state) on tenancy.journal to tenancy_owner;
    end if;
end
$$;

insert into tenancy.schema_version (version) values (1);
