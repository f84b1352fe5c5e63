package dev.lexigram.tenancy.architecture.planted;

import java.sql.Connection;
import java.sql.SQLException;

/** Planted: the rule that forbids this must find it. */
public final class SwitchesSchema {

    private SwitchesSchema() {}

    static void switchTo(Connection connection, String schema) throws SQLException {
        connection.setSchema(schema);
    }
}
