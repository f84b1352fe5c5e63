package dev.lexigram.tenancy.acceptance.traffic;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs whatever SQL a request brings, as injected code would, and tidies up nothing. It requires no tenant. */
@RestController
class RawSqlController {

    /** What happens around the statement. */
    enum How {
        ALONE,
        IN_A_TRANSACTION,
        ROLLED_BACK,
        /** Given back to the pool with its transaction open. */
        UNFINISHED,
        AFTER_AN_ERROR,
        IN_PORTIONS,
        /** A query, as often as makes the driver prepare it on the server, with parameters of no stated type. */
        REPEATED
    }

    private static final int OFTEN = 8;

    private final DataSource dataSource;

    RawSqlController(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @return each row as one text */
    @PostMapping("/sql")
    List<String> run(@RequestParam How how, @RequestBody String sql) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(how == How.ALONE || how == How.REPEATED);
            if (how == How.AFTER_AN_ERROR) {
                failAndGoOn(connection);
            }
            var rows = how == How.REPEATED ? repeated(connection, sql) : once(connection, sql, how);
            if (how == How.ROLLED_BACK) {
                connection.rollback();
            } else if (how != How.UNFINISHED && !connection.getAutoCommit()) {
                connection.commit();
            }
            return rows;
        }
    }

    private static List<String> once(Connection connection, String sql, How how) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(how == How.IN_PORTIONS ? 5 : 0);
            return statement.execute(sql) ? texts(statement.getResultSet()) : List.of();
        }
    }

    private static List<String> repeated(Connection connection, String sql) throws SQLException {
        var query = "select * from (" + sql + ") careless where statement_timestamp() > ? or ?::text is not null";
        var rows = new ArrayList<String>();
        try (var statement = connection.prepareStatement(query)) {
            for (int time = 0; time < OFTEN; time++) {
                statement.setTimestamp(1, Timestamp.from(Instant.EPOCH));
                statement.setNull(2, Types.NULL);
                rows.addAll(texts(statement.executeQuery()));
            }
        }
        return rows;
    }

    private static void failAndGoOn(Connection connection) throws SQLException {
        var before = connection.setSavepoint();
        try (var statement = connection.createStatement()) {
            statement.execute("select 1 / 0");
        } catch (SQLException expected) {
            connection.rollback(before);
        }
    }

    private static List<String> texts(ResultSet results) throws SQLException {
        var texts = new ArrayList<String>();
        int columns = results.getMetaData().getColumnCount();
        while (results.next()) {
            var text = new StringBuilder();
            for (int column = 1; column <= columns; column++) {
                text.append(results.getString(column)).append(" | ");
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
