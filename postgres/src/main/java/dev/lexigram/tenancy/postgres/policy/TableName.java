package dev.lexigram.tenancy.postgres.policy;

import java.nio.charset.StandardCharsets;

/**
 * The name of a table with its schema, in exactly the case in which the catalogue has it.
 *
 * @param schema the schema's name, unquoted
 * @param table the table's name, unquoted; it may hold any character
 */
public record TableName(String schema, String table) implements Comparable<TableName> {

    /** The schema of a name that does not say one. */
    public static final String DEFAULT_SCHEMA = "public";

    private static final int MAX_BYTES = 63;

    /** @throws IllegalArgumentException if PostgreSQL has no such identifier, or would cut it */
    public TableName {
        check("schema", schema);
        check("table", table);
    }

    /** Reads {@code invoice} (in schema {@code public}) or {@code billing.invoice}; the first dot ends the schema. */
    public static TableName of(String text) {
        var dot = text.indexOf('.');
        return dot < 0
                ? new TableName(DEFAULT_SCHEMA, text)
                : new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    /** The name as SQL, both parts quoted. */
    public String sql() {
        return Quoted.identifier(schema) + "." + Quoted.identifier(table);
    }

    @Override
    public int compareTo(TableName other) {
        var bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : table.compareTo(other.table);
    }

    /** The name for people; what could break a line of a log stands as {@code ?}. */
    @Override
    public String toString() {
        return (schema + "." + table).replaceAll("\\p{C}", "?");
    }

    private static void check(String part, String name) {
        if (name.isEmpty()
                || name.indexOf('\0') >= 0
                || name.length() > MAX_BYTES
                || name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException(part + " must be 1 to " + MAX_BYTES + " bytes without NUL");
        }
    }
}
