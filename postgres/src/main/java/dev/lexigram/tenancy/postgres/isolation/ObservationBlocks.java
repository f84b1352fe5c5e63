package dev.lexigram.tenancy.postgres.isolation;

/** The parts of the script of {@link RowLevelObservation} that read the catalogue. */
final class ObservationBlocks {

    /** Makes the schema of the library; it takes the owner and the application's role as literals. */
    static final String ROLES = """
            declare
                wanted text;
            begin
                foreach wanted in array array[%1$s, %2$s] loop
                    if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
                        raise undefined_object using
                            message = pg_catalog.format('role %%I does not exist', wanted),
                            hint = 'Run roles.sql as a superuser, or name your own role: withOwnerRole, withAppRole.';
                    end if;
                end loop;
                if not exists (select from pg_catalog.pg_namespace where nspname = 'tenancy') then
                    execute pg_catalog.format('create schema tenancy authorization %%I', %1$s);
                end if;
            end
            """;

    /** Stops where the policies would open what is closed; it takes the tables as an array of regclass. */
    static final String CLOSED = """
            declare
                item record;
            begin
                for item in
                    select c.oid::regclass as name
                    from pg_catalog.pg_class c
                    where c.relkind in ('r', 'p')
                      and (c.oid = any (%1$s) or exists (
                          select from pg_catalog.pg_partition_ancestors(c.oid) up where up.relid = any (%1$s)))
                      and (c.relrowsecurity or exists (select from pg_catalog.pg_policy p where p.polrelid = c.oid))
                      and (not exists (
                          select from pg_catalog.pg_policy p
                          join pg_catalog.pg_depend d
                              on d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = p.oid
                          where p.polrelid = c.oid and p.polname = 'tenancy_confine'
                            and d.refclassid = 'pg_catalog.pg_proc'::regclass
                            and d.refobjid = 'tenancy.observe(text, regclass)'::regprocedure)
                        or exists (
                          select from pg_catalog.pg_policy p
                          where p.polrelid = c.oid and p.polname not in ('tenancy_allow', 'tenancy_confine')))
                loop
                    raise object_not_in_prerequisite_state using
                        message = pg_catalog.format('table %%s has row security already', item.name),
                        hint = 'To observe it would open it. Leave it out, or drop its policies and disable row security.';
                end loop;
            end
            """;

    /**
     * Observes partitions as well, and grants what the application's role needs; nothing is taken away from anybody. It
     * takes the tables, the role, and the statements that observe a table.
     */
    static final String PARTITIONS_AND_GRANTS = """
            declare
                item record;
            begin
                for item in
                    select c.oid::regclass as name, pg_catalog.quote_literal(c.oid) as number
                    from pg_catalog.pg_class c
                    where c.relkind in ('r', 'p') and c.relispartition and exists (
                        select from pg_catalog.pg_partition_ancestors(c.oid) up where up.relid = any (%1$s))
                loop
                    execute pg_catalog.replace(
                        pg_catalog.replace(%3$s, pg_catalog.quote_literal('?'), item.number), '"?"', item.name::text);
                end loop;
                for item in
                    select distinct c.relnamespace::regnamespace as place
                    from pg_catalog.pg_class c
                    where c.oid = any (%1$s) and not pg_catalog.has_schema_privilege(%2$s, c.relnamespace, 'usage')
                loop
                    execute pg_catalog.format('grant usage on schema %%s to %%I', item.place, %2$s);
                end loop;
                for item in
                    select s.oid::regclass as name
                    from pg_catalog.pg_class s
                    where s.relkind = 'S' and pg_catalog.pg_has_role(s.relowner, 'usage')
                      and s.relnamespace in (select t.relnamespace from pg_catalog.pg_class t where t.oid = any (%1$s))
                loop
                    execute pg_catalog.format('grant usage on sequence %%s to %%I', item.name, %2$s);
                end loop;
            end
            """;

    private ObservationBlocks() {}
}
