package dev.lexigram.tenancy.postgres.isolation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One way to use a connection, which tells all that it observed.
 *
 * @param inDriverOnly whether the plain binder refuses it, by design
 */
record Scenario(String name, Steps steps, boolean inDriverOnly) {

    Scenario(String name, Steps steps) {
        this(name, steps, false);
    }

    /** Something that the plain binder refuses. */
    static Scenario inDriverOnly(String name, Steps steps) {
        return new Scenario(name, steps, true);
    }

    /** Uses the connection and hands over what it sees. */
    interface Steps {
        void run(Connection connection, Consumer<Object> observed) throws SQLException;
    }

    /** What was observed: a failure counts by its SQLState. In a transaction a failure is rolled back. */
    List<Object> observe(Connection connection) throws SQLException {
        var observed = new ArrayList<>();
        try {
            steps.run(connection, observed::add);
        } catch (SQLException | AssertionError failure) { // the driver asserts what its simple mode cannot do
            observed.add(
                    "raised " + (failure instanceof SQLException known ? known.getSQLState() : failure.getMessage()));
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
        return observed;
    }

    /** All rows that are left in this result, each as the texts of its columns. */
    static List<String> all(ResultSet rows) throws SQLException {
        var all = new ArrayList<String>();
        while (rows.next()) {
            all.add(row(rows));
        }
        return all;
    }

    static String row(ResultSet rows) throws SQLException {
        var columns = new ArrayList<String>();
        for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            columns.add(rows.getString(column));
        }
        return String.join("|", columns);
    }

    @Override
    public String toString() {
        return name;
    }
}
