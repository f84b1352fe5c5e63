package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.postgres.policy.SchemaMarker;
import dev.lexigram.tenancy.postgres.policy.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables that hold rows of tenants, as this login sees them, and which of them refer to which. Immutable.
 *
 * @param references pairs of tables: the first refers to the second
 */
record RowLevelCatalog(List<Table> tables, Set<List<Table>> references) {

    private static final String TABLES = """
            select c.oid, n.nspname, c.relname, c.relkind = 'p' as partitioned,
                   pg_catalog.row_security_active(c.oid)
                       and pg_catalog.has_schema_privilege(n.oid, 'usage')
                       and pg_catalog.has_table_privilege(c.oid, 'select')
                       and pg_catalog.has_table_privilege(c.oid, 'delete') as removable
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a
                on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
            where c.relkind in ('r', 'p') and not c.relispartition and c.relrowsecurity
              and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'tenancy')
              and coalesce(pg_catalog.obj_description(n.oid, 'pg_namespace'), '') !~ ?
            order by n.nspname, c.relname
            """;

    private static final String REFERENCES = """
            select distinct conrelid, confrelid from pg_catalog.pg_constraint where contype = 'f' and conparentid = 0
            """;

    static RowLevelCatalog read(Connection connection) throws SQLException {
        var tables = new LinkedHashMap<Long, Table>();
        try (var statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, "^" + SchemaMarker.PREFIX); // those of tenants with a schema each
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    tables.put(
                            row.getLong("oid"),
                            new Table(
                                    new TableName(row.getString("nspname"), row.getString("relname")),
                                    row.getBoolean("partitioned"),
                                    row.getBoolean("removable")));
                }
            }
        }
        return new RowLevelCatalog(List.copyOf(tables.values()), references(connection, tables));
    }

    private static Set<List<Table>> references(Connection connection, Map<Long, Table> tables) throws SQLException {
        var references = new HashSet<List<Table>>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(REFERENCES)) {
            while (row.next()) {
                var child = tables.get(row.getLong(1));
                var parent = tables.get(row.getLong(2));
                if (child != null && parent != null) {
                    references.add(List.of(child, parent));
                }
            }
        }
        return references;
    }

    /** The tables in an order in which each can be emptied; those that refer to each other in a circle at once. */
    List<Group> childrenFirst() {
        var groups = new ArrayList<Group>();
        var waiting = new ArrayList<>(tables);
        while (!waiting.isEmpty()) {
            var free = waiting.stream()
                    .filter(table -> waiting.stream().noneMatch(other -> refersTo(other, table)))
                    .toList();
            if (free.isEmpty()) {
                groups.add(new Group(List.copyOf(waiting), false));
                waiting.clear();
            } else {
                free.forEach(table -> groups.add(new Group(List.of(table), !refersToItself(table))));
                waiting.removeAll(free);
            }
        }
        return groups;
    }

    private boolean refersTo(Table child, Table parent) {
        return !child.equals(parent) && references.contains(List.of(child, parent));
    }

    private boolean refersToItself(Table table) {
        return references.contains(List.of(table, table));
    }

    /**
     * A table of tenants' rows.
     *
     * @param removable whether this login may delete in it, and only what a policy shows
     */
    record Table(TableName name, boolean partitioned, boolean removable) {}

    /** Tables that are emptied together, or one that is emptied in batches. */
    record Group(List<Table> tables, boolean inBatches) {}
}
