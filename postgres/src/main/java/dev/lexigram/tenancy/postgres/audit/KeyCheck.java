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
                select c.oid, n.nspname, c.relname, a.attnum, c.reltuples >= 10000 as is_large,
                       pg_catalog.format('%I.%I', n.nspname, c.relname) as sql
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
            ), open_key as (
                select k.*, not exists (
                           select from pg_catalog.pg_attribute a
                           where a.attrelid = k.oid and a.attnum = any (k.columns)
                             and a.attidentity = '' and not a.atthasdef
                             and a.atttypid not in ('int4'::regtype, 'int8'::regtype, 'uuid'::regtype)) as is_generated,
                       exists (
                           select from unique_key other
                           where other.oid = k.oid and other.has_tenant
                             and other.columns <@ (k.columns || k.attnum) and other.columns @> k.columns) as has_twin
                from unique_key k
                where not k.has_tenant
            )
            select 'KEY' as kind, k.nspname, k.relname, x.relname as object,
                   case when k.indisprimary and k.is_generated then
                       pg_catalog.format('alter table %s add unique (tenant_id, %s)', k.sql, (
                           select pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ')
                           from pg_catalog.pg_attribute a
                           where a.attrelid = k.oid and a.attnum = any (k.columns)))
                   when u.oid is not null then
                       pg_catalog.format('-- What refers to it refers to (tenant_id, ..) first.\nalter table %1$s'
                               || ' drop constraint %2$I, add constraint %2$I %3$s', k.sql, u.conname,
                           pg_catalog.regexp_replace(pg_catalog.pg_get_constraintdef(u.oid), '\\(', '(tenant_id, '))
                   else
                       pg_catalog.format('drop index %I.%I;\n%s', k.nspname, x.relname, pg_catalog.regexp_replace(
                           pg_catalog.pg_get_indexdef(x.oid), ' USING (\\w+) \\(', ' USING \\1 (tenant_id, '))
                   end as mend
            from open_key k
            join pg_catalog.pg_class x on x.oid = k.indexrelid
            left join pg_catalog.pg_constraint u on u.conindid = k.indexrelid and u.contype in ('p', 'u')
            where not (k.indisprimary and k.has_twin and k.is_generated)
            union all
            select case when f.confdeltype in ('c', 'n', 'd') then 'DELETION' else 'REFERENCE' end,
                   child.nspname, child.relname, f.conname,
                   case when exists (
                       select from unique_key k
                       where k.oid = parent.oid and k.columns <@ (f.confkey || parent.attnum)
                         and k.columns @> (f.confkey || parent.attnum)) then ''
                   else pg_catalog.format('alter table %s add unique (tenant_id, %s);\n', parent.sql, (
                       select pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' order by k.place)
                       from pg_catalog.unnest(f.confkey) with ordinality k (number, place)
                       join pg_catalog.pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.number)) end
                   || pg_catalog.format('alter table %1$s drop constraint %2$I, add constraint %2$I %3$s',
                       child.sql, f.conname,
                       pg_catalog.regexp_replace(pg_catalog.regexp_replace(pg_catalog.regexp_replace(
                           pg_catalog.pg_get_constraintdef(f.oid),
                           '^FOREIGN KEY \\(', 'FOREIGN KEY (tenant_id, '),
                           '(\\) REFERENCES ("([^"]|"")*"|[^"(])+\\()', '\\1tenant_id, '),
                           '(ON DELETE SET (NULL|DEFAULT))(?! \\()', '\\1 (' || (
                               select pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ')
                               from pg_catalog.pg_attribute a
                               where a.attrelid = f.conrelid and a.attnum = any (f.conkey)) || ')'))
            from pg_catalog.pg_constraint f
            join owned child on child.oid = f.conrelid
            join owned parent on parent.oid = f.confrelid
            where f.contype = 'f' and f.conparentid = 0 and child.attnum <> all (f.conkey)
            union all
            select 'INDEX', o.nspname, o.relname, null, pg_catalog.format('create index on %s (tenant_id)', o.sql)
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
                    findings.add(finding(row.getString("kind"), table, row.getString("object"), row.getString("mend")));
                }
            }
        }
        return findings;
    }

    private static Finding finding(String kind, TableName table, String object, String mend) {
        return switch (kind) {
            case "KEY" -> new Finding(KEY_WITHOUT_TENANT, "key " + object + " of " + table, mend);
            case "REFERENCE" -> new Finding(REFERENCE_WITHOUT_TENANT, "foreign key " + object + " of " + table, mend);
            case "DELETION" -> new Finding(DELETION_ACROSS_TENANTS, "foreign key " + object + " of " + table, mend);
            default -> new Finding(INDEX_WITHOUT_TENANT, table.toString(), mend);
        };
    }
}
