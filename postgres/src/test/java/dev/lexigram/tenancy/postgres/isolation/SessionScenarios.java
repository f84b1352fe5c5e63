package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.isolation.Scenario.all;

import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/** What concerns the session or its transactions, and the driver's own interfaces. */
final class SessionScenarios {

    private static final String COLUMNS = "select id, body, written from note order by id";

    private SessionScenarios() {}

    static List<Scenario> list() {
        return List.of(
                new Scenario("one row, prepared", (connection, observed) -> {
                    try (var select = connection.prepareStatement("select id, body, written from note where id = ?")) {
                        select.setInt(1, 1);
                        observed.accept(all(select.executeQuery()));
                    }
                }),
                new Scenario("one row, read and committed", (connection, observed) -> {
                    try (var select = connection.prepareStatement("select id, body, written from note where id = ?")) {
                        select.setInt(1, 1);
                        observed.accept(all(select.executeQuery()));
                    }
                    if (!connection.getAutoCommit()) {
                        connection.commit();
                    }
                }),
                new Scenario("anonymous blocks", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        observed.accept(
                                statement.execute("do $$ begin insert into note (body) values ('of a block'); end $$"));
                        observed.accept(all(statement.executeQuery(COLUMNS)));
                    }
                }),
                new Scenario("SET TRANSACTION first", (connection, observed) -> {
                    if (!connection.getAutoCommit()) {
                        connection.commit();
                    }
                    try (var statement = connection.createStatement()) {
                        statement.execute("set transaction isolation level repeatable read");
                        observed.accept(all(statement.executeQuery("show transaction_isolation")));
                        observed.accept(all(statement.executeQuery(COLUMNS)));
                    }
                }),
                new Scenario("locks of a transaction", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        if (!connection.getAutoCommit()) {
                            statement.execute("lock table note in row exclusive mode");
                        }
                        observed.accept(all(statement.executeQuery("select body from note order by id for update")));
                    }
                }),
                new Scenario("listening", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute("listen channel");
                        statement.execute("notify channel, 'heard by acme'");
                        observed.accept(all(statement.executeQuery(COLUMNS)));
                        statement.execute("unlisten *");
                    }
                }),
                Scenario.inDriverOnly("transactions in texts", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        try {
                            statement.execute("begin");
                            statement.executeUpdate("insert into note (body) values ('in a text')");
                            statement.execute("savepoint s");
                            statement.executeUpdate("insert into note (body) values ('undone')");
                            statement.execute("rollback to savepoint s");
                            observed.accept(all(statement.executeQuery(COLUMNS)));
                            statement.execute("commit and chain");
                            observed.accept(all(statement.executeQuery(COLUMNS)));
                        } finally {
                            statement.execute("rollback");
                        }
                        observed.accept(all(statement.executeQuery(COLUMNS)));
                    }
                }),
                Scenario.inDriverOnly("transactions among several statements", (connection, observed) -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute("begin; insert into note (body) values ('one'); commit; " + COLUMNS);
                        while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
                            if (statement.getResultSet() != null) {
                                observed.accept(all(statement.getResultSet()));
                            }
                        }
                    }
                }),
                Scenario.inDriverOnly("the driver's own connection", (connection, observed) -> {
                    var inner = connection.unwrap(PgConnection.class);
                    try (var statement = inner.prepareStatement("select body from note where written <= ?")) {
                        statement.setTimestamp(1, java.sql.Timestamp.valueOf("2030-01-01 00:00:00"));
                        observed.accept(all(statement.executeQuery()));
                    }
                    observed.accept(all(inner.execSQLQuery(COLUMNS)));
                }),
                Scenario.inDriverOnly("COPY of a query", (connection, observed) -> {
                    if (!connection.getAutoCommit()) {
                        observed.accept(copied(connection));
                    }
                    try (var statement = connection.createStatement()) {
                        observed.accept(all(statement.executeQuery(COLUMNS)));
                    }
                }));
    }

    private static String copied(Connection connection) throws SQLException {
        try {
            var out = new StringWriter();
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (" + COLUMNS + ") to stdout", out);
            return out.toString();
        } catch (IOException failure) {
            throw new SQLException(failure);
        }
    }
}
