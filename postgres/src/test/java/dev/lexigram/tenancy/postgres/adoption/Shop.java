package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/** A database of one tenant, owned by a login of its own making, and its way to many tenants. */
final class Shop {

    /** Everything that the catalogue says of tables outside the system's schemas, but for numbers. */
    static final String CATALOGUE = """
            select 'constraint ' || c.conrelid::regclass || ' ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
                || ' ' || c.convalidated
            from pg_constraint c join pg_class t on t.oid = c.conrelid
            where t.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
            union all
            select 'index ' || pg_get_indexdef(i.indexrelid) || ' ' || i.indisvalid || i.indisunique
            from pg_index i join pg_class t on t.oid = i.indrelid
            where t.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
            union all
            select 'policy ' || p.polrelid::regclass || ' ' || p.polname || p.polpermissive || p.polcmd::text
                || pg_get_expr(p.polqual, p.polrelid) || pg_get_expr(p.polwithcheck, p.polrelid)
            from pg_policy p
            union all
            select 'column ' || a.attrelid::regclass || ' ' || a.attname || ' ' || a.attnum || ' '
                || format_type(a.atttypid, a.atttypmod) || a.attnotnull || a.attidentity::text || a.attgenerated::text
                || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
            from pg_attribute a join pg_class t on t.oid = a.attrelid
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where t.relkind in ('r', 'p') and a.attnum > 0
              and t.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
            union all
            select 'relation ' || t.oid::regclass || ' ' || t.relkind::text || t.relrowsecurity || t.relforcerowsecurity
                || t.relowner::regrole || coalesce(
                    (select string_agg(acl::text, ' ' order by acl::text) from unnest(t.relacl) acl), '')
            from pg_class t
            where t.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
            order by 1
            """;

    private Shop() {}

    /** Makes the shop anew. */
    static void create(TestDatabase database) {
        database.execute(Role.SUPERUSER, """
                drop schema public cascade;
                drop schema if exists billing, "Mixed Case" cascade;
                create schema public authorization pg_database_owner;
                grant usage on schema public to public;
                grant usage, create on schema public to tenancy_owner""");
        database.execute(Role.SUPERUSER, script("/dev/lexigram/tenancy/postgres/adoption/shop.sql"));
    }

    static SchemaAdoption adoption(TestDatabase database) {
        return SchemaAdoption.of(database.as(Role.SUPERUSER))
                .withFirstTenant(TenantId.of("acme"))
                .withSharedTables("plan")
                .withSystemTables("device");
    }

    /** What a superuser does once before the migration: adopt.sql, and what the plan says of other schemas. */
    static void handOver(TestDatabase database, AdoptionPlan plan) {
        database.execute(Role.SUPERUSER, script("/dev/lexigram/tenancy/postgres/adopt.sql"));
        plan.findings().stream()
                .filter(finding -> finding.code() == AdoptionCode.OWNER_OTHER)
                .forEach(finding -> database.execute(Role.SUPERUSER, finding.mend()));
    }

    /** The whole way: hand over, migrate, and make the indexes. */
    static AdoptionPlan adopt(TestDatabase database, SchemaAdoption adoption) {
        var plan = adoption.plan();
        handOver(database, plan);
        database.execute(Role.MIGRATOR, plan.migration());
        indexes(plan).forEach(sql -> database.execute(Role.MIGRATOR, sql));
        return plan;
    }

    /** The statements of the plan's second script. */
    static List<String> indexes(AdoptionPlan plan) {
        return List.of(plan.indexes().split(";\n\n"));
    }

    static List<String> catalogue(TestDatabase database) throws SQLException {
        return Invoicing.unbound(database.as(Role.SUPERUSER), CATALOGUE);
    }

    /** What the plan's declarations make of the application's configuration. */
    static IsolationConfig declared(AdoptionPlan plan) {
        return IsolationConfig.DEFAULTS
                .withTenantTables(names(plan, TableClass.TENANT))
                .withSharedTables(names(plan, TableClass.SHARED))
                .withSystemTables(names(plan, TableClass.SYSTEM));
    }

    static String[] names(AdoptionPlan plan, TableClass classification) {
        return plan.tables().stream()
                .filter(table -> table.classification() == classification)
                .map(table -> table.name().toString())
                .toArray(String[]::new);
    }

    private static String script(String name) {
        try (var script = Shop.class.getResourceAsStream(name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
