package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.isolation.Scenario.all;
import static dev.lexigram.tenancy.postgres.isolation.Scenario.row;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.util.List;

/** Results of every kind, transactions, and what is asked about the database. */
final class ResultScenarios {

    private static final String COLUMNS = "select id, body, written from note order by id";

    private ResultScenarios() {}

    static List<Scenario> list() {
        return List.of(
                new Scenario("cursors with a fetch size", (connection, observed) -> {
                    try (var many = connection.prepareStatement(
                                    "select note.id, body, written from note, generate_series(1, 20) as i order by 1, i");
                            var few = connection.createStatement()) {
                        many.setFetchSize(3);
                        few.setFetchSize(1);
                        var first = many.executeQuery();
                        first.next();
                        observed.accept(row(first));
                        observed.accept(all(few.executeQuery(COLUMNS)));
                        observed.accept(all(first));
                        observed.accept(many.getFetchSize());
                    }
                }),
                new Scenario("two results open at once", (connection, observed) -> {
                    try (var one = connection.createStatement();
                            var two = connection.createStatement()) {
                        var first = one.executeQuery(COLUMNS);
                        var second = two.executeQuery(COLUMNS);
                        while (first.next() && second.next()) {
                            observed.accept(row(first) + "=" + row(second));
                        }
                    }
                }),
                new Scenario("scrollable results", (connection, observed) -> {
                    try (var statement =
                            connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
                        statement.setFetchSize(1);
                        var rows = statement.executeQuery(COLUMNS);
                        observed.accept(rows.last());
                        observed.accept(rows.getRow());
                        observed.accept(rows.previous());
                        observed.accept(row(rows));
                        observed.accept(rows.absolute(2));
                        observed.accept(rows.relative(-1));
                        rows.afterLast();
                        observed.accept(rows.isAfterLast());
                        rows.beforeFirst();
                        observed.accept(all(rows));
                    }
                }),
                new Scenario("updatable results", (connection, observed) -> {
                    try (var statement =
                            connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
                        var rows = statement.executeQuery("select id, body, written from note order by id");
                        rows.next();
                        rows.updateString("body", rows.getString("body") + "!");
                        rows.updateTimestamp("written", Timestamp.valueOf("2026-05-06 07:08:09"));
                        rows.updateRow();
                        rows.refreshRow();
                        observed.accept(row(rows));
                        rows.moveToInsertRow();
                        rows.updateString("body", "inserted");
                        rows.updateTimestamp("written", Timestamp.valueOf("2026-05-06 07:08:09"));
                        rows.insertRow();
                        rows.moveToCurrentRow();
                        observed.accept(all(statement.executeQuery(COLUMNS)));
                        rows = statement.executeQuery("select id, body from note where body = 'inserted'");
                        rows.next();
                        rows.deleteRow();
                        observed.accept(all(statement.executeQuery(COLUMNS)));
                    }
                }),
                new Scenario("holdable results", (connection, observed) -> {
                    try (var statement = connection.createStatement(
                            ResultSet.TYPE_FORWARD_ONLY,
                            ResultSet.CONCUR_READ_ONLY,
                            ResultSet.HOLD_CURSORS_OVER_COMMIT)) {
                        statement.setFetchSize(1);
                        var rows = statement.executeQuery(COLUMNS);
                        if (!connection.getAutoCommit()) {
                            connection.commit();
                        }
                        observed.accept(all(rows));
                    }
                }),
                new Scenario("one statement across transactions", (connection, observed) -> {
                    var autoCommit = connection.getAutoCommit();
                    try (var statement = connection.prepareStatement(COLUMNS);
                            var insert = connection.prepareStatement("insert into note (body) values (?)")) {
                        for (var time = 0; time < 8; time++) {
                            connection.setAutoCommit(time % 2 == 0);
                            insert.setString(1, "round " + time);
                            observed.accept(insert.executeUpdate());
                            observed.accept(all(statement.executeQuery()));
                            if (time % 4 == 1) {
                                connection.rollback();
                            }
                        }
                    }
                    connection.setAutoCommit(autoCommit);
                }),
                new Scenario("commits and rollbacks", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        statement.executeUpdate("insert into note (body) values ('committed')");
                        connection.commit();
                        statement.executeUpdate("insert into note (body) values ('rolled back')");
                        connection.rollback();
                        observed.accept(all(statement.executeQuery(COLUMNS)));
                    }
                }),
                new Scenario("savepoints", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        var first = connection.setSavepoint();
                        statement.executeUpdate("insert into note (body) values ('kept')");
                        var second = connection.setSavepoint("second");
                        statement.executeUpdate("insert into note (body) values ('undone')");
                        connection.rollback(second);
                        connection.releaseSavepoint(first);
                        observed.accept(second.getSavepointName());
                        observed.accept(all(statement.executeQuery(COLUMNS)));
                    }
                }),
                new Scenario("read-only and isolation set first", (connection, observed) -> {
                    if (!connection.getAutoCommit()) {
                        connection.commit();
                    }
                    connection.setReadOnly(true);
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    observed.accept(connection.isReadOnly());
                    observed.accept(connection.getTransactionIsolation());
                    try (var statement = connection.createStatement()) {
                        observed.accept(all(statement.executeQuery(COLUMNS)));
                        observed.accept(all(statement.executeQuery("show transaction_isolation")));
                    }
                    if (!connection.getAutoCommit()) {
                        connection.commit();
                    }
                    connection.setReadOnly(false);
                    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                }),
                new Scenario("metadata before and after execution", (connection, observed) -> {
                    try (var statement =
                            connection.prepareStatement("select id, body, written from note where id = ?")) {
                        observed.accept(statement.getMetaData().getColumnTypeName(3));
                        observed.accept(statement.getParameterMetaData().getParameterTypeName(1));
                        statement.setInt(1, 1);
                        var rows = statement.executeQuery();
                        observed.accept(rows.getMetaData().getColumnName(2));
                        observed.accept(rows.getMetaData().isAutoIncrement(1));
                        observed.accept(all(rows));
                    }
                }),
                new Scenario("metadata of the database", (connection, observed) -> {
                    var metaData = connection.getMetaData();
                    observed.accept(metaData.getDatabaseProductName());
                    observed.accept(metaData.getUserName());
                    observed.accept(all(metaData.getPrimaryKeys(null, "public", "note")));
                    try (var columns = metaData.getColumns(null, "public", "note", null)) {
                        while (columns.next()) {
                            observed.accept(columns.getString("COLUMN_NAME") + " " + columns.getString("TYPE_NAME"));
                        }
                    }
                    observed.accept(connection.getSchema());
                }),
                new Scenario("liveness", (connection, observed) -> {
                    observed.accept(connection.isValid(5));
                    observed.accept(connection.isClosed());
                    observed.accept(String.valueOf(connection.getWarnings()));
                    observed.accept(connection.nativeSQL("{fn now()}"));
                    observed.accept(connection.getHoldability());
                }));
    }
}
