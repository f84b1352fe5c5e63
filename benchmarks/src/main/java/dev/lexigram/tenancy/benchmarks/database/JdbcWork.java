package dev.lexigram.tenancy.benchmarks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Borrows a connection, runs one prepared query, reads everything, and gives the connection back. */
final class JdbcWork implements Work {

    private static final String COLUMNS = "select id, name, price, created from ";

    private final Access access;
    private final boolean inTransaction;
    private final int rows;
    private final String sql;

    JdbcWork(Access access, boolean inTransaction, int rows) {
        this.access = access;
        this.inTransaction = inTransaction;
        this.rows = rows;
        this.sql = COLUMNS + access.table("item") + " where " + (access.byHand() ? "tenant_id = ? and " : "")
                + (rows == 1 ? "id = ?" : "id between ? and ?");
    }

    @Override
    public void perform(Rows.Place place) throws SQLException {
        try (var connection = access.dataSource().getConnection()) {
            if (inTransaction) {
                connection.setAutoCommit(false);
                read(connection, place);
                connection.commit();
            } else {
                read(connection, place);
            }
        }
    }

    @Override
    public void close() {}

    private void read(Connection connection, Rows.Place place) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, place);
            try (var result = statement.executeQuery()) {
                var found = 0;
                while (result.next()) {
                    readRow(result, place.first() + rows);
                    found++;
                }
                if (found != rows) {
                    throw new IllegalStateException("There are " + rows + " rows and " + found + " came back");
                }
            }
        }
    }

    private void bind(PreparedStatement statement, Rows.Place place) throws SQLException {
        var parameter = 1;
        if (access.byHand()) {
            statement.setString(parameter++, place.tenant().id().value());
        }
        statement.setLong(parameter++, place.first());
        if (rows > 1) {
            statement.setLong(parameter, place.first() + rows - 1);
        }
    }

    /** Reads every column, as an application does that asked for them. */
    private static void readRow(ResultSet result, long end) throws SQLException {
        if (result.getLong(1) >= end
                || result.getString(2).isEmpty()
                || result.getBigDecimal(3).signum() <= 0
                || result.getObject(4, OffsetDateTime.class).getYear() != 2026) {
            throw new IllegalStateException("This row was not asked for");
        }
    }
}
