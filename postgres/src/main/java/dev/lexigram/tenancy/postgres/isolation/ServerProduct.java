package dev.lexigram.tenancy.postgres.isolation;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Which database product answers behind a pool. */
public final class ServerProduct {

    private ServerProduct() {}

    /** Whether it is PostgreSQL, the only one in which tenants can be kept apart. Borrows a connection for a moment. */
    public static boolean isPostgres(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        }
    }
}
