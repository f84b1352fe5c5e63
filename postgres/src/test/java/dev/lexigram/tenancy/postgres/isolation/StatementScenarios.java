package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.isolation.Scenario.all;

import java.sql.BatchUpdateException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.List;

/** Statements of every kind and what they return. */
final class StatementScenarios {

    private static final String COLUMNS = "select id, body, written from note";

    private StatementScenarios() {}

    static List<Scenario> list() {
        return List.of(
                new Scenario("plain statements", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        observed.accept(statement.executeUpdate("insert into note (body) values ('new')"));
                        observed.accept(statement.execute("update note set body = body || '+' where body = 'acme 1'"));
                        observed.accept(statement.getUpdateCount());
                        observed.accept(all(statement.executeQuery(COLUMNS + " order by id")));
                        observed.accept(statement.executeLargeUpdate("delete from note where body = 'new'"));
                        observed.accept(statement.execute(COLUMNS + " order by id"));
                        observed.accept(all(statement.getResultSet()));
                    }
                }),
                new Scenario("prepared statements, each reused", (connection, observed) -> {
                    try (var select = connection.prepareStatement(
                                    COLUMNS + " where written <= ? and id > ? order by id");
                            var insert = connection.prepareStatement("insert into note (body, rank) values (?, ?)")) {
                        for (var time = 0; time < 8; time++) {
                            select.setTimestamp(1, Timestamp.valueOf("2030-01-01 00:00:00"));
                            select.setInt(2, 0);
                            observed.accept(all(select.executeQuery()));
                            insert.setString(1, "entry " + time);
                            insert.setNull(2, Types.NULL);
                            observed.accept(insert.executeUpdate());
                        }
                        select.setObject(1, LocalDateTime.of(2000, 1, 1, 0, 0));
                        observed.accept(all(select.executeQuery()));
                    }
                }),
                new Scenario("generated keys of plain statements", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        var insert = "insert into note (body) values ('one'), ('two')";
                        statement.executeUpdate(insert, Statement.RETURN_GENERATED_KEYS);
                        observed.accept(all(statement.getGeneratedKeys()));
                        statement.executeUpdate(insert, new String[] {"id", "written"});
                        observed.accept(all(statement.getGeneratedKeys()));
                        statement.execute(insert, new String[] {"body"});
                        observed.accept(all(statement.getGeneratedKeys()));
                    }
                }),
                new Scenario("generated keys of prepared statements", (connection, observed) -> {
                    var insert = "insert into note (body) values (?)";
                    try (var all = connection.prepareStatement(insert, Statement.RETURN_GENERATED_KEYS);
                            var named = connection.prepareStatement(insert, new String[] {"id"})) {
                        for (var statement : List.of(all, named)) {
                            statement.setString(1, "keyed");
                            observed.accept(statement.executeUpdate());
                            observed.accept(all(statement.getGeneratedKeys()));
                        }
                    }
                }),
                new Scenario("batches of texts", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        statement.addBatch("insert into note (body) values ('first')");
                        statement.addBatch("update note set body = 'second' where body = 'first'");
                        observed.accept(statement.executeBatch());
                        statement.addBatch("never executed");
                        statement.clearBatch();
                        statement.addBatch("delete from note where body = 'second'");
                        observed.accept(statement.executeLargeBatch());
                    }
                }),
                new Scenario("a prepared batch of 600 with keys", (connection, observed) -> {
                    try (var statement = connection.prepareStatement(
                            "insert into note (body, written) values (?, ?)", new String[] {"id"})) {
                        for (var entry = 0; entry < 600; entry++) {
                            statement.setString(1, "entry " + entry);
                            statement.setTimestamp(2, Timestamp.valueOf("2026-05-06 07:08:09"));
                            statement.addBatch();
                        }
                        observed.accept(statement.executeBatch());
                        observed.accept(all(statement.getGeneratedKeys()));
                    }
                    try (var statement = connection.createStatement()) {
                        observed.accept(statement.executeUpdate("delete from note where body like 'entry%'"));
                    }
                }),
                new Scenario("a prepared batch without keys", (connection, observed) -> {
                    try (var statement = connection.prepareStatement("update note set written = ? where id = ?")) {
                        for (var entry = 0; entry < 300; entry++) {
                            statement.setTimestamp(1, Timestamp.valueOf("2026-05-06 07:08:09"));
                            statement.setInt(2, entry);
                            statement.addBatch();
                        }
                        observed.accept(statement.executeBatch());
                    }
                }),
                new Scenario("a batch that fails", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        statement.addBatch("insert into note (body) values ('lost')");
                        statement.addBatch("insert into note (body) values (null)");
                        observed.accept(statement.executeBatch());
                    } catch (BatchUpdateException failure) {
                        observed.accept(failure.getUpdateCounts());
                        throw failure;
                    }
                }),
                new Scenario("callables and procedures", (connection, observed) -> {
                    try (var function = connection.prepareCall("{? = call double_of(?)}");
                            var procedure = connection.prepareCall("call add_note(?)");
                            var query = connection.prepareCall("select note_count()")) {
                        function.registerOutParameter(1, Types.INTEGER);
                        function.setInt(2, 21);
                        observed.accept(function.execute());
                        observed.accept(function.getInt(1));
                        procedure.setString(1, "called");
                        observed.accept(procedure.execute());
                        observed.accept(all(query.executeQuery()));
                    }
                }),
                new Scenario("several statements in one text", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        var text = "insert into note (body) values ('x'); " + COLUMNS
                                + " order by id; delete from note where body = 'x'; select 'last'";
                        observed.accept(statement.execute(text));
                        observed.accept(statement.getUpdateCount());
                        observed.accept(statement.getMoreResults());
                        observed.accept(all(statement.getResultSet()));
                        observed.accept(statement.getMoreResults());
                        observed.accept(statement.getUpdateCount());
                        observed.accept(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT));
                        observed.accept(all(statement.getResultSet()));
                        observed.accept(statement.getMoreResults());
                        observed.accept(statement.getUpdateCount());
                    }
                }),
                new Scenario("rows returned by what writes", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        observed.accept(all(statement.executeQuery(
                                "insert into note (body) values ('returned') returning id, body, written")));
                        observed.accept(all(statement.executeQuery(
                                "with gone as (delete from note where body = 'returned' returning body) table gone")));
                    }
                }),
                new Scenario("arrays", (connection, observed) -> {
                    try (var statement = connection.prepareStatement(
                            "select array_agg(body order by id), ? from note where body = any (?)")) {
                        var bodies = connection.createArrayOf("text", new String[] {"acme 1", "acme 2"});
                        statement.setString(1, "x");
                        statement.setArray(2, bodies);
                        var rows = statement.executeQuery();
                        rows.next();
                        observed.accept(List.of((Object[]) rows.getArray(1).getArray()));
                        observed.accept(all(rows.getArray(1).getResultSet()));
                        statement.setObject(2, rows.getArray(1));
                        observed.accept(all(statement.executeQuery()));
                    }
                }),
                new Scenario("failing statements", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        observed.accept(statement.executeUpdate("insert into note (body) values ('lost')"));
                        statement.execute("select 1 / 0");
                    }
                }),
                new Scenario("notices and limits", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        statement.setMaxRows(1);
                        observed.accept(all(statement.executeQuery(COLUMNS + " order by id")));
                        observed.accept(statement.getMaxRows());
                        statement.execute("select pg_catalog.set_config('client_min_messages', 'notice', true)");
                        statement.closeOnCompletion();
                        statement.executeQuery("select 1").close();
                        observed.accept(statement.isClosed());
                    }
                }));
    }
}
