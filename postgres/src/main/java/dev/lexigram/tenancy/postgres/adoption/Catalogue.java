package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.postgres.policy.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The catalogue of one database, asked by files of SQL, within one transaction that can only read. */
final class Catalogue {

    private static final String READ_ONLY = "set transaction isolation level repeatable read, read only";
    private static final String PATH = "set local search_path = pg_catalog";

    private final Connection connection;
    private final Choices choices;

    private Catalogue(Connection connection, Choices choices) {
        this.connection = connection;
        this.choices = choices;
    }

    static Catalogue open(Connection connection, Choices choices) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(READ_ONLY);
            statement.execute(PATH);
        }
        return new Catalogue(connection, choices);
    }

    List<CatalogueTable> tables() throws SQLException {
        try (var statement = connection.prepareStatement(file("tables.sql"));
                var row = statement.executeQuery()) {
            var tables = new ArrayList<CatalogueTable>();
            while (row.next()) {
                tables.add(table(row));
            }
            return tables;
        }
    }

    /** The findings of one file. */
    List<AdoptionFinding> ask(String file, Classification tables) throws SQLException {
        try (var statement = given(file, tables);
                var row = statement.executeQuery()) {
            var findings = new ArrayList<AdoptionFinding>();
            while (row.next()) {
                findings.add(new AdoptionFinding(
                        AdoptionCode.valueOf(row.getString("code")), row.getString("object"), row.getString("mend")));
            }
            return findings;
        }
    }

    List<IndexEntry> indexes(Classification tables) throws SQLException {
        try (var statement = given("indexes.sql", tables);
                var row = statement.executeQuery()) {
            var entries = new ArrayList<IndexEntry>();
            while (row.next()) {
                entries.add(new IndexEntry(
                        IndexEntry.Kind.valueOf(row.getString("kind")),
                        name(row),
                        row.getString("name"),
                        row.getBoolean("is_partitioned"),
                        row.getBoolean("is_unique"),
                        row.getBoolean("is_partial"),
                        List.of((String[]) row.getArray("columns").getArray()),
                        Optional.ofNullable(row.getString("tail"))));
            }
            return entries;
        }
    }

    private PreparedStatement given(String file, Classification tables) throws SQLException {
        var question = file("given.sql") + file(file);
        var statement = connection.prepareStatement(question);
        statement.setArray(1, connection.createArrayOf("bigint", tables.ids(TableClass.TENANT)));
        statement.setArray(2, connection.createArrayOf("bigint", tables.ids(TableClass.SHARED)));
        statement.setBoolean(3, choices.keys() == KeyVariant.TENANT_FIRST);
        statement.setString(4, choices.owner());
        statement.setString(5, choices.app());
        return statement;
    }

    private static CatalogueTable table(ResultSet row) throws SQLException {
        return new CatalogueTable(
                row.getLong("id"),
                name(row),
                List.of((Long[]) row.getArray("partitions").getArray()),
                row.getLong("row_estimate"),
                row.getBoolean("is_of_extension"),
                row.getBoolean("is_foreign"),
                row.getBoolean("is_in_hierarchy"),
                CatalogueTable.TenantColumn.valueOf(row.getString("tenant_column")),
                String.valueOf(row.getString("tenant_type")),
                row.getBoolean("is_confined"));
    }

    private static TableName name(ResultSet row) throws SQLException {
        return new TableName(row.getString("nspname"), row.getString("relname"));
    }

    private static String file(String name) {
        try (var file = Catalogue.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("The resource " + name + " is missing from the jar; build it again.");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
