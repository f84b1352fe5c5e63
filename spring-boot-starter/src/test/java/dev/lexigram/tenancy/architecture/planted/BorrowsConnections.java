package dev.lexigram.tenancy.architecture.planted;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Planted: the rule that forbids this must find it. */
public final class BorrowsConnections {

    private BorrowsConnections() {}

    static Connection borrow(DataSource dataSource) throws SQLException {
        return dataSource.getConnection();
    }
}
