package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.schema.ArchiveSchema;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Removes one tenant's rows from every protected table, in transactions that are bound to it: the policies confine what is
 * deleted, and each statement names the tenant as well, should a policy have gone since. Used by one thread.
 *
 * <p>Rows go in batches, each its own transaction, tables before those that they refer to. A table that refers to itself
 * and tables that refer to each other in a circle go in one statement, at whose end foreign keys are checked. With an archive
 * the statement that deletes rows puts them there, so that a row is in one place at any time.
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

    private static final String INSERT = "insert into %s select * from ";

    private final TenantTransactions transactions;
    private final TenantId id;
    private final WriterDrain drain;
    private final @Nullable ArchiveSchema archive;
    private final Map<TableName, TableName> places = new HashMap<>();

    /** Destroys rows, or counts them. */
    RowLevelRemoval(TenantTransactions transactions, TenantId id, WriterDrain drain) {
        this(transactions, id, drain, null);
    }

    /** @param archive where rows go; none if they are destroyed */
    RowLevelRemoval(TenantTransactions transactions, TenantId id, WriterDrain drain, @Nullable ArchiveSchema archive) {
        this.transactions = transactions;
        this.id = id;
        this.drain = drain;
        this.archive = archive;
    }

    /** What there is, and stays. */
    List<ErasedResource> count() throws SQLException {
        var kept = new ArrayList<ErasedResource>();
        for (var table : transactions.each(RowLevelCatalog::read).tables()) {
            var rows = count(table.name());
            kept.add(new ErasedResource(table.name().toString(), rows, 0, rows));
        }
        return kept;
    }

    /** @throws TenantProvisioningException if a table cannot be emptied; then nothing was touched, or something is left */
    List<ErasedResource> remove() throws SQLException {
        var catalog = transactions.each(RowLevelCatalog::read);
        checkRemovable(catalog.tables());
        awaitWriters();
        var found = new LinkedHashMap<TableName, Long>();
        for (var table : catalog.tables()) {
            found.put(table.name(), count(table.name()));
        }
        prepareArchive(found);
        var removed = new LinkedHashMap<TableName, Long>();
        for (var group : catalog.childrenFirst()) {
            removed.putAll(remove(group));
        }
        return report(found, removed);
    }

    /** Only what holds rows goes to the archive; where rows come in later, they stay and are reported. */
    private void prepareArchive(Map<TableName, Long> found) throws SQLException {
        if (archive != null) {
            var filled = found.keySet().stream()
                    .filter(table -> found.getOrDefault(table, 0L) > 0)
                    .toList();
            places.putAll(transactions.each(connection -> archive.places(connection, found.keySet())));
            if (!places.keySet().containsAll(filled)) {
                places.putAll(transactions.each(connection -> archive.prepare(connection, filled)));
            }
        }
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
        var writing = transactions.each(drain::await);
        if (writing > 0) {
            throw TenantProvisioningException.ofRemoval(
                    id,
                    writing
                            + " transactions that began before still write to protected tables; end them, or wait: this is"
                            + " tried again",
                    new IllegalStateException("nothing was removed"));
        }
    }

    private Map<TableName, Long> remove(RowLevelCatalog.Group group) throws SQLException {
        var tables = archive == null
                ? group.tables()
                : group.tables().stream()
                        .filter(table -> places.containsKey(table.name()))
                        .toList();
        if (tables.isEmpty()) {
            return Map.of();
        }
        return group.inBatches() ? removeInBatches(tables.get(0)) : removeTogether(tables);
    }

    private Map<TableName, Long> removeInBatches(RowLevelCatalog.Table table) throws SQLException {
        var delete = (table.partitioned() ? DELETE_BATCH_OF_PARTITIONS : DELETE_BATCH)
                .formatted(table.name().sql(), BATCH);
        var sql = archive == null
                ? delete
                : "with removed as (" + delete + " returning *) " + insert(table.name()) + "removed";
        long removed = 0;
        for (var batch = deleteBatch(sql); batch > 0; batch = deleteBatch(sql)) {
            removed += batch;
        }
        return Map.of(table.name(), removed);
    }

    private int deleteBatch(String sql) throws SQLException {
        return transactions.each(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setString(1, id.value());
                statement.setString(2, id.value());
                return statement.executeUpdate();
            }
        });
    }

    private Map<TableName, Long> removeTogether(List<RowLevelCatalog.Table> tables) throws SQLException {
        var returning = archive == null ? " returning 1)" : " returning *)";
        var parts = new ArrayList<String>();
        var counts = new ArrayList<String>();
        for (var table : tables) {
            var part = "removed_" + counts.size();
            parts.add(part + " as (" + DELETE.formatted(table.name().sql()) + returning);
            if (archive != null) {
                parts.add("kept_" + counts.size() + " as (" + insert(table.name()) + part + ")");
            }
            counts.add("(select count(*) from " + part + ")");
        }
        var sql = "with " + String.join(", ", parts) + " select " + String.join(", ", counts);
        return transactions.each(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                for (var index = 1; index <= tables.size(); index++) {
                    statement.setString(index, id.value());
                }
                return counts(statement, tables);
            }
        });
    }

    private String insert(TableName table) {
        return INSERT.formatted(places.getOrDefault(table, table).sql());
    }

    private static Map<TableName, Long> counts(PreparedStatement statement, List<RowLevelCatalog.Table> tables)
            throws SQLException {
        var removed = new LinkedHashMap<TableName, Long>();
        try (var row = statement.executeQuery()) {
            row.next();
            for (var index = 0; index < tables.size(); index++) {
                removed.put(tables.get(index).name(), row.getLong(index + 1));
            }
        }
        return removed;
    }

    private List<ErasedResource> report(Map<TableName, Long> found, Map<TableName, Long> removed) throws SQLException {
        var report = new ArrayList<ErasedResource>();
        for (var table : found.keySet()) {
            var left = count(table);
            if (left > 0) {
                throw TenantProvisioningException.ofRemoval(
                        id,
                        left + " rows came into " + table + " meanwhile",
                        new IllegalStateException("somebody writes"));
            }
            report.add(new ErasedResource(
                    table.toString(), found.getOrDefault(table, 0L), removed.getOrDefault(table, 0L), left));
        }
        for (var place : new TreeSet<>(places.values())) {
            report.add(new ErasedResource(place.toString(), 0, 0, count(place)));
        }
        return report;
    }

    private long count(TableName table) throws SQLException {
        var sql = COUNT.formatted(table.sql());
        return transactions.each(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setString(1, id.value());
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }
}
