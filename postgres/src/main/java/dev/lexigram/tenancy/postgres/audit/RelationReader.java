package dev.lexigram.tenancy.postgres.audit;

import dev.lexigram.tenancy.postgres.policy.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads all relations and policies in two queries, whatever their number. The search path must be pg_catalog alone. */
final class RelationReader {

    private static final String RELATIONS = """
            select c.oid, n.nspname, c.relname, c.relkind, c.relpages, rn.nspname as root_schema, r.relname as root_name,
                   c.relrowsecurity, c.relforcerowsecurity, pg_catalog.row_security_active(c.oid) as active,
                   pg_catalog.has_schema_privilege(n.oid, 'usage') as entered,
                   pg_catalog.has_table_privilege(c.oid, 'delete')
                       or pg_catalog.has_any_column_privilege(c.oid, 'select, insert, update') as reachable,
                   pg_catalog.has_any_column_privilege(c.oid, 'select') as readable,
                   pg_catalog.has_table_privilege(c.oid, 'truncate, trigger, references')
                       or c.oid in (select g.attrelid from pg_catalog.pg_attribute g where g.attacl is not null)
                           and pg_catalog.has_any_column_privilege(c.oid, 'references') as excessive,
                   exists (
                       select from pg_catalog.pg_options_to_table(c.reloptions)
                       where option_name = 'security_invoker' and option_value::bool) as invoker,
                   a.attnum is not null as has_tenant,
                   a.atttypid = 'text'::regtype and l.collisdeterministic as tenant_text,
                   a.attnotnull and not exists (
                       select from pg_catalog.pg_constraint k
                       where k.conrelid = c.oid and k.contype = 'n' and a.attnum = any (k.conkey)
                         and not k.convalidated) as tenant_mandatory,
                   case when a.attnum is not null then array(
                       select pg_catalog.pg_get_expr(k.conbin, k.conrelid) from pg_catalog.pg_constraint k
                       where k.conrelid = c.oid and k.contype = 'c' and k.convalidated) end as checks
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            left join pg_catalog.pg_attribute a
                on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
            left join pg_catalog.pg_collation l on l.oid = a.attcollation
            left join (
                select distinct on (i.inhrelid) i.inhrelid, i.inhparent
                from pg_catalog.pg_inherits i
                order by i.inhrelid, i.inhseqno) h on h.inhrelid = c.oid
            left join pg_catalog.pg_class r
                on r.oid = case when c.relispartition then pg_catalog.pg_partition_root(c.oid)::oid else h.inhparent end
            left join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            order by n.nspname, c.relname
            """;

    // An expression that names no column, as in a tenant's own schema, is read without opening its table: that takes
    // longest.
    private static final String POLICIES = """
            select p.polrelid, p.polname, p.polpermissive, p.polcmd = '*' and p.polroles = '{0}' as for_everyone, p.same,
                   pg_catalog.pg_get_expr(p.polqual,
                       case when p.polqual::text like '%{VAR %' then p.polrelid else 0 end) as using_expression,
                   case when p.same then null else pg_catalog.pg_get_expr(p.polwithcheck,
                       case when p.polwithcheck::text like '%{VAR %' then p.polrelid else 0 end) end as check_expression
            from (
                select p.*, p.polqual::text = p.polwithcheck::text as same from pg_catalog.pg_policy p offset 0) p
            order by p.polrelid, p.polname
            """;

    private final Connection connection;

    RelationReader(Connection connection) {
        this.connection = connection;
    }

    List<Relation> read() throws SQLException {
        var policies = readPolicies();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(RELATIONS)) {
            var relations = new ArrayList<Relation>();
            while (row.next()) {
                relations.add(relation(row, policies.getOrDefault(row.getLong("oid"), List.of())));
            }
            return relations;
        }
    }

    private Map<Long, List<Policy>> readPolicies() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(POLICIES)) {
            var policies = new HashMap<Long, List<Policy>>();
            while (row.next()) {
                policies.computeIfAbsent(row.getLong("polrelid"), any -> new ArrayList<>())
                        .add(policy(row));
            }
            return policies;
        }
    }

    private static Policy policy(ResultSet row) throws SQLException {
        var using = Optional.ofNullable(row.getString("using_expression"));
        return new Policy(
                row.getString("polname"),
                row.getBoolean("polpermissive"),
                row.getBoolean("for_everyone"),
                using,
                row.getBoolean("same") ? using : Optional.ofNullable(row.getString("check_expression")));
    }

    private static Relation relation(ResultSet row, List<Policy> policies) throws SQLException {
        var entered = row.getBoolean("entered");
        return new Relation(
                new TableName(row.getString("nspname"), row.getString("relname")),
                Relation.Kind.of(row.getString("relkind")),
                row.getInt("relpages"),
                root(row),
                new Relation.RowSecurity(
                        row.getBoolean("relrowsecurity"),
                        row.getBoolean("relforcerowsecurity"),
                        row.getBoolean("active")),
                new Relation.Rights(
                        entered && row.getBoolean("reachable"),
                        entered && row.getBoolean("readable"),
                        row.getBoolean("excessive")),
                row.getBoolean("invoker"),
                tenantColumn(row),
                policies);
    }

    private static Optional<TableName> root(ResultSet row) throws SQLException {
        var schema = row.getString("root_schema");
        return schema == null ? Optional.empty() : Optional.of(new TableName(schema, row.getString("root_name")));
    }

    private static Optional<Relation.TenantColumn> tenantColumn(ResultSet row) throws SQLException {
        if (!row.getBoolean("has_tenant")) {
            return Optional.empty();
        }
        var checks = (String[]) row.getArray("checks").getArray();
        return Optional.of(new Relation.TenantColumn(
                row.getBoolean("tenant_text"), row.getBoolean("tenant_mandatory"), List.of(checks)));
    }
}
