package dev.lexigram.tenancy.postgres.schema;

import static dev.lexigram.tenancy.postgres.schema.Statements.all;
import static dev.lexigram.tenancy.postgres.schema.Statements.run;

import dev.lexigram.tenancy.postgres.policy.Quoted;
import dev.lexigram.tenancy.postgres.policy.SchemaMarker;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The schema that rows of one removed tenant go to: made with the first of them, known by the mark on it, and found again by
 * whoever goes on. Used within transactions of the owner, in which nobody else works on this tenant.
 */
public final class ArchiveSchema {

    // Only its owner can have written the comment.
    private static final String FIND = """
            select nspname from pg_catalog.pg_namespace
            where pg_catalog.starts_with(nspname, ?) and pg_catalog.pg_get_userbyid(nspowner) = current_user
              and pg_catalog.starts_with(pg_catalog.obj_description(oid, 'pg_namespace'), ?)
            order by nspname desc
            """;

    private static final String EXISTS = "select from pg_catalog.pg_namespace where nspname = ?";

    private static final String NOW = "select pg_catalog.clock_timestamp()";

    private static final String TABLES = """
            select c.relname, pg_catalog.obj_description(c.oid, 'pg_class') as source
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relkind = 'r'
            """;

    private static final String SOURCE = "rows of ";

    private final TenantId id;

    public ArchiveSchema(TenantId id) {
        this.id = id;
    }

    /** Where rows have gone already, by the table that they are from. */
    public Map<TableName, TableName> places(Connection connection, Collection<TableName> tables) throws SQLException {
        var schema = find(connection);
        return schema.isEmpty() ? Map.of() : places(connection, schema.get(), tables);
    }

    /** Where the rows of each of these tables go; what is not there yet is made. */
    public Map<TableName, TableName> prepare(Connection connection, Collection<TableName> tables) throws SQLException {
        var found = find(connection);
        var schema = found.isPresent() ? found.get() : create(connection);
        var places = places(connection, schema, tables);
        for (var table : tables) {
            if (!places.containsKey(table)) {
                places.put(table, create(connection, schema, table));
            }
        }
        return places;
    }

    private Optional<SchemaName> find(Connection connection) throws SQLException {
        var mark = SchemaMarker.PREFIX + id.value() + " ";
        return all(connection, FIND, row -> new SchemaName(row.getString("nspname")), SchemaName.ARCHIVED, mark)
                .stream()
                .findFirst();
    }

    private SchemaName create(Connection connection) throws SQLException {
        var schema = unused(connection);
        run(connection, "create schema " + schema.sql());
        run(
                connection,
                "comment on schema " + schema.sql() + " is "
                        + Quoted.literal(new SchemaMarker(id, UUID.randomUUID()).text()));
        return schema;
    }

    /** Two archives of one second get two names. */
    private SchemaName unused(Connection connection) throws SQLException {
        var at = all(connection, NOW, row -> row.getObject(1, OffsetDateTime.class))
                .get(0)
                .toInstant();
        var schema = SchemaName.of(id).archived(at);
        while (!all(connection, EXISTS, row -> true, schema.value()).isEmpty()) {
            at = at.plusSeconds(1);
            schema = SchemaName.of(id).archived(at);
        }
        return schema;
    }

    private static Map<TableName, TableName> places(
            Connection connection, SchemaName schema, Collection<TableName> tables) throws SQLException {
        var names = new HashMap<String, TableName>();
        all(
                connection,
                TABLES,
                row -> {
                    var place = new TableName(schema.value(), row.getString("relname"));
                    return Optional.ofNullable(row.getString("source")).map(source -> names.put(source, place));
                },
                schema.value());
        var places = new HashMap<TableName, TableName>();
        for (var table : tables) {
            Optional.ofNullable(names.get(SOURCE + table.sql())).ifPresent(place -> places.put(table, place));
        }
        return places;
    }

    /** Columns and their types, and neither keys nor rules: what is archived changes no more. */
    private static TableName create(Connection connection, SchemaName schema, TableName table) throws SQLException {
        var place = unused(connection, schema, table);
        run(connection, "create table " + place.sql() + " (like " + table.sql() + ")");
        run(connection, "comment on table " + place.sql() + " is " + Quoted.literal(SOURCE + table.sql()));
        return place;
    }

    /** The table's own name, unless a table of another schema has it. */
    private static TableName unused(Connection connection, SchemaName schema, TableName table) throws SQLException {
        List<String> taken = all(connection, TABLES, row -> row.getString("relname"), schema.value());
        var name = table.table();
        for (var number = 2; taken.contains(name); number++) {
            name = "rows_" + number;
        }
        return new TableName(schema.value(), name);
    }
}
