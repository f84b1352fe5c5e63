package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.DELETION_ACROSS_TENANTS;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.INDEX_WITHOUT_TENANT;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.KEY_WITHOUT_TENANT;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.REFERENCE_WITHOUT_TENANT;

import dev.lexigram.tenancy.postgres.policy.SchemaMarker;
import dev.lexigram.tenancy.postgres.policy.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and references between tenants' tables carry the tenant, and an index of a large table begins with it. A primary
 * key of generated ids may do without, if the same columns are unique together with the tenant: so entities keep their
 * one-column ids. Ids count as generated if they have a default, or are numbers or UUIDs.
 */
final class KeyCheck implements Check {

    private static final String KEYS = """
            with owned as (
                select c.oid, n.nspname, c.relname, a.attnum, c.reltuples >= 10000 as is_large
                from pg_catalog.pg_class c
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                join pg_catalog.pg_attribute a
                    on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                where c.relkind in ('r', 'p') and c.relrowsecurity and not c.relispartition
                  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'tenancy')
                  and coalesce(pg_catalog.obj_description(n.oid, 'pg_namespace'), '') !~ ?
            ), unique_key as (
                select o.*, i.indexrelid, i.indisprimary, k.columns, o.attnum = any (k.columns) as has_tenant
                from owned o
                join pg_catalog.pg_index i on i.indrelid = o.oid and i.indisunique
                cross join lateral (
                    select pg_catalog.array_agg(column_number) as columns
                    from pg_catalog.unnest(i.indkey) with ordinality k (column_number, place)
                    where k.place <= i.indnkeyatts) k
            )
            select 'KEY' as kind, k.nspname, k.relname, x.relname as object
            from unique_key k
            join pg_catalog.pg_class x on x.oid = k.indexrelid
            where not k.has_tenant and not (
                k.indisprimary
                and exists (
                    select from unique_key other
                    where other.oid = k.oid and other.has_tenant
                      and other.columns <@ (k.columns || k.attnum) and other.columns @> k.columns)
                and not exists (
                    select from pg_catalog.pg_attribute a
                    where a.attrelid = k.oid and a.attnum = any (k.columns)
                      and a.attidentity = '' and not a.atthasdef
                      and a.atttypid not in ('int4'::regtype, 'int8'::regtype, 'uuid'::regtype)))
            union all
            select case when f.confdeltype in ('c', 'n', 'd') then 'DELETION' else 'REFERENCE' end,
                   child.nspname, child.relname, f.conname
            from pg_catalog.pg_constraint f
            join owned child on child.oid = f.conrelid
            join owned parent on parent.oid = f.confrelid
            where f.contype = 'f' and f.conparentid = 0 and child.attnum <> all (f.conkey)
            union all
            select 'INDEX', o.nspname, o.relname, null
            from owned o
            where o.is_large and not exists (
                select from pg_catalog.pg_index i
                where i.indrelid = o.oid and i.indisvalid and i.indpred is null and i.indkey[0] = o.attnum)
            order by 2, 3, 1, 4
            """;

    @Override
    public List<Finding> run(AuditSession session) throws SQLException {
        var findings = new ArrayList<Finding>();
        try (var statement = session.connection().prepareStatement(KEYS)) {
            statement.setString(1, "^" + SchemaMarker.PREFIX); // in a schema of one tenant, no key needs to name it
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var table = new TableName(row.getString("nspname"), row.getString("relname"));
                    findings.add(finding(row.getString("kind"), table, row.getString("object")));
                }
            }
        }
        return findings;
    }

    private static Finding finding(String kind, TableName table, String object) {
        var rewrite = "-- RowLevelPolicies rewrites it: name in forTables(..) all tables that refer to each other.";
        return switch (kind) {
            case "KEY" ->
                new Finding(
                        KEY_WITHOUT_TENANT,
                        "key " + object + " of " + table,
                        "-- RowLevelPolicies rewrites it: name the table in forTables(..).");
            case "REFERENCE" ->
                new Finding(REFERENCE_WITHOUT_TENANT, "foreign key " + object + " of " + table, rewrite);
            case "DELETION" -> new Finding(DELETION_ACROSS_TENANTS, "foreign key " + object + " of " + table, rewrite);
            default ->
                new Finding(INDEX_WITHOUT_TENANT, table.toString(), "create index on " + table.sql() + " (tenant_id)");
        };
    }
}
