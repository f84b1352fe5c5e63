package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Removes one tenant's rows from every protected table, over a connection that is bound to it: the policies confine what
 * is deleted, and each statement names the tenant as well, should a policy have gone since. Used by one thread.
 *
 * <p>Rows go in batches, each its own transaction, tables before those that they refer to. A table that refers to itself
 * and tables that refer to each other in a circle go in one statement, at whose end foreign keys are checked.
 */
final class RowLevelRemoval {

    private static final int BATCH = 5000;

    private static final String COUNT = "select count(*) from %s where tenant_id = ?";

    private static final String DELETE = "delete from %s where tenant_id = ?";

    private static final String DELETE_BATCH = """
            delete from %1$s
            where ctid = any (array(select ctid from %1$s where tenant_id = ? limit %2$d)) and tenant_id = ?
            """;

    // A row's place is unique within one partition only.
    private static final String DELETE_BATCH_OF_PARTITIONS = """
            delete from %1$s
            where (tableoid, ctid) in (select tableoid, ctid from %1$s where tenant_id = ? limit %2$d) and tenant_id = ?
            """;

    private final Connection connection;
    private final TenantId id;
    private final WriterDrain drain;

    /** @param connection in autocommit */
    RowLevelRemoval(Connection connection, TenantId id, WriterDrain drain) {
        this.connection = connection;
        this.id = id;
        this.drain = drain;
    }

    /** What there is, and stays. */
    List<ErasedResource> count() throws SQLException {
        var kept = new ArrayList<ErasedResource>();
        for (var table : RowLevelCatalog.read(connection).tables()) {
            var rows = count(table);
            kept.add(new ErasedResource(table.name().toString(), rows, 0, rows));
        }
        return kept;
    }

    /** @throws TenantProvisioningException if a table cannot be emptied; then nothing was touched, or something is left */
    List<ErasedResource> remove() throws SQLException {
        var catalog = RowLevelCatalog.read(connection);
        checkRemovable(catalog.tables());
        awaitWriters();
        var found = new LinkedHashMap<RowLevelCatalog.Table, Long>();
        for (var table : catalog.tables()) {
            found.put(table, count(table));
        }
        var removed = new LinkedHashMap<RowLevelCatalog.Table, Long>();
        for (var group : catalog.childrenFirst()) {
            removed.putAll(remove(group));
        }
        return report(found, removed);
    }

    private void checkRemovable(List<RowLevelCatalog.Table> tables) {
        var wrong = tables.stream()
                .filter(table -> !table.removable())
                .map(table -> table.name().toString())
                .collect(Collectors.joining(", "));
        if (!wrong.isEmpty()) {
            throw TenantProvisioningException.ofRemoval(
                    id,
                    "the serving login may not read and delete under a policy in: " + wrong
                            + " (grant select, delete on them to it, and let the audit pass)",
                    new IllegalStateException("nothing was removed"));
        }
    }

    /** The tenant's own transactions end at their next statement; others are waited for, as nobody can tell them apart. */
    private void awaitWriters() throws SQLException {
        var writing = drain.await(connection);
        if (writing > 0) {
            throw TenantProvisioningException.ofRemoval(
                    id,
                    writing
                            + " transactions that began before still write to protected tables; end them, or wait: this is"
                            + " tried again",
                    new IllegalStateException("nothing was removed"));
        }
    }

    private Map<RowLevelCatalog.Table, Long> remove(RowLevelCatalog.Group group) throws SQLException {
        if (group.inBatches()) {
            var table = group.tables().get(0);
            return Map.of(table, removeInBatches(table));
        }
        return group.tables().size() == 1
                ? Map.of(group.tables().get(0), removeAll(group.tables().get(0)))
                : removeTogether(group.tables());
    }

    private long removeInBatches(RowLevelCatalog.Table table) throws SQLException {
        var sql = (table.partitioned() ? DELETE_BATCH_OF_PARTITIONS : DELETE_BATCH)
                .formatted(table.name().sql(), BATCH);
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, id.value());
            statement.setString(2, id.value());
            long removed = 0;
            for (var batch = statement.executeUpdate(); batch > 0; batch = statement.executeUpdate()) {
                removed += batch;
            }
            return removed;
        }
    }

    private long removeAll(RowLevelCatalog.Table table) throws SQLException {
        var sql = DELETE.formatted(table.name().sql());
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, id.value());
            return statement.executeUpdate();
        }
    }

    private Map<RowLevelCatalog.Table, Long> removeTogether(List<RowLevelCatalog.Table> tables) throws SQLException {
        var parts = new ArrayList<String>();
        var counts = new ArrayList<String>();
        for (var table : tables) {
            var part = "removed_" + parts.size();
            parts.add(part + " as (" + DELETE.formatted(table.name().sql()) + " returning 1)");
            counts.add("(select count(*) from " + part + ")");
        }
        var sql = "with " + String.join(", ", parts) + " select " + String.join(", ", counts);
        try (var statement = connection.prepareStatement(sql)) {
            for (var index = 1; index <= tables.size(); index++) {
                statement.setString(index, id.value());
            }
            return counts(statement, tables);
        }
    }

    private static Map<RowLevelCatalog.Table, Long> counts(
            PreparedStatement statement, List<RowLevelCatalog.Table> tables) throws SQLException {
        var removed = new LinkedHashMap<RowLevelCatalog.Table, Long>();
        try (var row = statement.executeQuery()) {
            row.next();
            for (var index = 0; index < tables.size(); index++) {
                removed.put(tables.get(index), row.getLong(index + 1));
            }
        }
        return removed;
    }

    private List<ErasedResource> report(
            Map<RowLevelCatalog.Table, Long> found, Map<RowLevelCatalog.Table, Long> removed) throws SQLException {
        var report = new ArrayList<ErasedResource>();
        for (var table : found.keySet()) {
            var left = count(table);
            if (left > 0) {
                throw TenantProvisioningException.ofRemoval(
                        id,
                        left + " rows came into " + table.name() + " meanwhile",
                        new IllegalStateException("somebody writes"));
            }
            report.add(new ErasedResource(
                    table.name().toString(), found.getOrDefault(table, 0L), removed.getOrDefault(table, 0L), left));
        }
        return report;
    }

    private long count(RowLevelCatalog.Table table) throws SQLException {
        var sql = COUNT.formatted(table.name().sql());
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, id.value());
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
