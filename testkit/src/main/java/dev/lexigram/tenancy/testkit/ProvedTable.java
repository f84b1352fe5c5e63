package dev.lexigram.tenancy.testkit;

import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.IsolationMatrix.Operation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * A table of all tenants.
 *
 * @param sql its name, quoted
 * @param columns those that can be inserted, quoted
 * @param granted what the application's role may do with it
 */
record ProvedTable(String sql, String columns, List<Operation> granted) {

    private static final String TABLES = """
            select pg_catalog.format('%I.%I', n.nspname, c.relname) as sql,
                   (select pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' order by a.attnum)
                    from pg_catalog.pg_attribute a
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
                   pg_catalog.has_table_privilege(u.name, c.oid, 'select') as may_select,
                   pg_catalog.has_table_privilege(u.name, c.oid, 'insert') as may_insert,
                   pg_catalog.has_column_privilege(u.name, c.oid, 'tenant_id', 'update') as may_update,
                   pg_catalog.has_table_privilege(u.name, c.oid, 'delete') as may_delete
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            cross join (select ? as name) u
            where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'tenancy')
              and exists (
                  select from pg_catalog.pg_attribute a
                  where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
            order by 1
            """;

    /** Every table that has a column {@code tenant_id}. */
    static List<ProvedTable> read(DataSource reader, String application) throws SQLException {
        var tables = new ArrayList<ProvedTable>();
        try (var connection = reader.getConnection();
                var statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, application);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var granted = new ArrayList<Operation>();
                    if (row.getBoolean("may_select")) {
                        granted.addAll(List.of(Operation.SELECT, Operation.COPY));
                    }
                    if (row.getBoolean("may_insert")) {
                        granted.add(Operation.INSERT);
                    }
                    if (row.getBoolean("may_update")) {
                        granted.add(Operation.UPDATE);
                    }
                    if (row.getBoolean("may_delete")) {
                        granted.add(Operation.DELETE);
                    }
                    tables.add(new ProvedTable(row.getString("sql"), row.getString("columns"), granted));
                }
            }
        }
        return tables;
    }

    /** A row of the tenant, as JSON. @throws IllegalStateException if it has none: then nothing could be shown */
    String rowOf(DataSource reader, TenantId tenant) throws SQLException {
        var query = "select pg_catalog.to_jsonb(t)::text from " + sql + " t where tenant_id = ? limit 1";
        try (var connection = reader.getConnection();
                var statement = connection.prepareStatement(query)) {
            statement.setString(1, tenant.value());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException(
                            sql + " has no row of '" + tenant + "'; give every table a row of each tenant first.");
                }
                return row.getString(1);
            }
        }
    }

    /** Tries it with rows of this tenant, and gives their number. */
    long attempt(Connection connection, Operation operation, TenantId tenant, String row) throws SQLException {
        return switch (operation) {
            case SELECT -> count(connection, "select count(*) from " + sql + " where tenant_id = ?", tenant);
            case UPDATE ->
                change(connection, "update " + sql + " set tenant_id = tenant_id where tenant_id = ?", tenant.value());
            case DELETE -> change(connection, "delete from " + sql + " where tenant_id = ?", tenant.value());
            case INSERT -> change(connection, insert(), row);
            case TRUNCATE -> truncate(connection);
            case COPY -> copy(connection, tenant);
        };
    }

    private String insert() {
        return "insert into " + sql + " (" + columns + ") overriding system value select " + columns
                + " from pg_catalog.jsonb_populate_record(null::" + sql + ", ?::jsonb)";
    }

    private static long count(Connection connection, String query, TenantId tenant) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, tenant.value());
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static long change(Connection connection, String command, String value) throws SQLException {
        try (var statement = connection.prepareStatement(command)) {
            statement.setString(1, value);
            return statement.executeUpdate();
        }
    }

    private long truncate(Connection connection) throws SQLException {
        var command = "truncate " + sql;
        try (var statement = connection.createStatement()) {
            statement.execute(command);
            return 1;
        }
    }

    private long copy(Connection connection, TenantId tenant) throws SQLException {
        var query = "copy (select 1 from " + sql + " where tenant_id = '" + tenant.value() + "') to stdout";
        try {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(query, new StringWriter());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
