package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.cache.Invalidation;
import java.sql.Connection;
import java.sql.SQLException;

/** Tells every node of a change; sent by PostgreSQL when the transaction of the change commits, and never without it. */
final class Announcement {

    static final String CHANNEL = "tenancy_invalidation";

    private static final String NOTIFY = "select pg_catalog.pg_notify(?, ?)";

    private Announcement() {}

    static void send(Connection connection, Invalidation change) throws SQLException {
        send(connection, CHANNEL, change.text());
    }

    static void send(Connection connection, String channel, String text) throws SQLException {
        try (var statement = connection.prepareStatement(NOTIFY)) {
            statement.setString(1, channel);
            statement.setString(2, text);
            statement.execute();
        }
    }
}
