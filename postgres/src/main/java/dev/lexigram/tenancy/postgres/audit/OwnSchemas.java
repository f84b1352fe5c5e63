package dev.lexigram.tenancy.postgres.audit;

import dev.lexigram.tenancy.postgres.policy.SchemaMarker;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The schemas that are a tenant's own, or look like it.
 *
 * @param path the schemas in which a fresh session looks for tables
 * @param marked by their names, those that say whose they are
 */
record OwnSchemas(List<OwnSchema> all, List<String> path, Map<String, OwnSchema> marked) {

    private static final String SCHEMAS = """
            select n.nspname, pg_catalog.has_schema_privilege(n.oid, 'usage') as entered,
                   coalesce(pg_catalog.obj_description(n.oid, 'pg_namespace'), '') as comment
            from pg_catalog.pg_namespace n
            where n.nspname ~ '^tenant_' or pg_catalog.obj_description(n.oid, 'pg_namespace') ~ ?
            order by n.nspname
            """;

    /**
     * One of them.
     *
     * @param entered whether the role of this connection may use what is in it
     */
    record OwnSchema(SchemaName name, boolean entered, Optional<SchemaMarker> marker) {

        boolean isArchived() {
            return name.value().startsWith(SchemaName.ARCHIVED);
        }

        /** Whether it is where the schema of the marked tenant has to be. */
        boolean isInPlace() {
            return marker.map(SchemaMarker::tenant)
                    .map(SchemaName::of)
                    .filter(name::equals)
                    .isPresent();
        }
    }

    /** Of this session, whose search path was this at its start. */
    static OwnSchemas read(Connection connection, String[] path) throws SQLException {
        try (var statement = connection.prepareStatement(SCHEMAS)) {
            statement.setString(1, "^" + SchemaMarker.PREFIX);
            var schemas = new ArrayList<OwnSchema>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    schemas.add(new OwnSchema(
                            new SchemaName(row.getString("nspname")),
                            row.getBoolean("entered"),
                            SchemaMarker.parse(row.getString("comment"))));
                }
            }
            var marked = schemas.stream()
                    .filter(schema -> schema.marker().isPresent())
                    .collect(Collectors.toMap(schema -> schema.name().value(), Function.identity()));
            return new OwnSchemas(List.copyOf(schemas), List.copyOf(Arrays.asList(path)), marked);
        }
    }

    /** The marked schema that this relation is in. */
    Optional<OwnSchema> of(Relation relation) {
        return Optional.ofNullable(marked.get(relation.name().schema()));
    }

    boolean hold(Relation relation) {
        return of(relation).isPresent();
    }
}
