package dev.lexigram.tenancy.postgres.isolation;

/** The parts of the script that read the catalogue: bodies of DO, with {@code :names} to be filled in as literals. */
final class ScriptBlocks {

    /** Refuses to start without the roles; makes the schema of the library, and lets the owner own things. */
    static final String ROLES = """
            declare
                wanted text;
                place regnamespace;
            begin
                foreach wanted in array array[:owner, :app] loop
                    if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
                        raise undefined_object using
                            message = pg_catalog.format('role %I does not exist', wanted),
                            hint = 'Run roles.sql as a superuser, or name your own role: withOwnerRole, withAppRole.';
                    end if;
                end loop;
                if not exists (select from pg_catalog.pg_namespace where nspname = 'tenancy') then
                    execute pg_catalog.format('create schema tenancy authorization %I', :owner);
                end if;
                for place in
                    select relnamespace from pg_catalog.pg_class where oid = any (:readable)
                    union select oid from pg_catalog.pg_namespace where nspname = 'tenancy'
                loop
                    if not pg_catalog.has_schema_privilege(:owner, place, 'create') then
                        execute pg_catalog.format('grant usage, create on schema %s to %I', place, :owner);
                    end if;
                    if not pg_catalog.has_schema_privilege(:app, place, 'usage') then
                        execute pg_catalog.format('grant usage on schema %s to %I', place, :app);
                    end if;
                    -- Without the right to grant, a grant is only a warning.
                    if not pg_catalog.has_schema_privilege(:owner, place, 'create')
                        or not pg_catalog.has_schema_privilege(:app, place, 'usage') then
                        raise insufficient_privilege using
                            message = pg_catalog.format('schema %s belongs to somebody else', place),
                            hint = pg_catalog.format('As a superuser: alter schema %s owner to %I', place, :owner);
                    end if;
                end loop;
            end
            """;

    /** Fills the column of a table that still allows null: the table's name as a literal, then what to do. */
    static final String BACKFILL = """
            begin
                if exists (
                    select from pg_catalog.pg_attribute
                    where attrelid = %s::regclass and attname = 'tenant_id' and not attnotnull
                ) then
                    %s
                end if;
            end
            """;

    /** What to do with rows of nobody when no first tenant is named. */
    static final String REFUSE_ROWS = """
            if exists (select from %s) then
                        raise not_null_violation using
                            message = 'a table holds rows that belong to no tenant yet',
                            hint = 'Name the tenant that owns them: withFirstTenant.';
                    end if;""";

    /**
     * Rewrites unique, primary and foreign keys to begin with the tenant, those of partitions and unique indexes without
     * a constraint, too. It adds a column to the definition that PostgreSQL itself prints, so that actions, deferral and
     * conditions stay. A forced owner would check new foreign keys against what its policies show; so the tables are not
     * forced meanwhile.
     */
    static final String KEYS = """
            declare
                tables constant regclass[] := array(
                    select pg_catalog.unnest(:tables)
                    union
                    select tree.relid
                    from pg_catalog.unnest(:tables) root
                    cross join lateral pg_catalog.pg_partition_tree(root) tree);
                tenant_first constant boolean := :variant = 'TENANT_FIRST';
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
            """;

    /** Protects the partitions, which do not inherit policies, and closes them: rows go through their table. */
    static final String PARTITIONS = """
            declare
                part regclass;
            begin
                for part in
                    select tree.relid
                    from pg_catalog.unnest(:tables) root
                    cross join lateral pg_catalog.pg_partition_tree(root) tree
                    where tree.relid <> root
                loop
                    execute pg_catalog.format('alter table %s owner to %I', part, :owner);
                    execute pg_catalog.format(:protect, part);
                    execute pg_catalog.format('revoke all on table %s from public, %I', part, :app);
                end loop;
            end
            """;

    /** Grants that depend on what exists: sequences, and the role that reads across tenants. */
    static final String GRANTS = """
            declare
                item record;
            begin
                for item in
                    select s.oid::regclass as name
                    from pg_catalog.pg_class s
                    where s.relkind = 'S' and pg_catalog.pg_has_role(s.relowner, 'usage')
                      and s.relnamespace in (select t.relnamespace from pg_catalog.pg_class t where t.oid = any (:tables))
                loop
                    execute pg_catalog.format('revoke all on sequence %s from public, %I', item.name, :app);
                    execute pg_catalog.format('grant usage on sequence %s to %I', item.name, :app);
                end loop;
                if exists (select from pg_catalog.pg_roles where rolname = :admin) then
                    for item in
                        select c.oid::regclass as name, c.relnamespace::regnamespace as place
                        from pg_catalog.pg_class c
                        where c.oid = any (:readable)
                    loop
                        if not pg_catalog.has_schema_privilege(:admin, item.place, 'usage') then
                            execute pg_catalog.format('grant usage on schema %s to %I', item.place, :admin);
                        end if;
                        execute pg_catalog.format('grant select on table %s to %I', item.name, :admin);
                    end loop;
                end if;
            end
            """;

    private ScriptBlocks() {}
}
