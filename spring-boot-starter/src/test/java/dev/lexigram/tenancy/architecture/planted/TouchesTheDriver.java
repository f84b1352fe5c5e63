package dev.lexigram.tenancy.architecture.planted;

import org.postgresql.jdbc.PgConnection;

/** Planted: the rule that forbids this must find it. */
public final class TouchesTheDriver {

    private TouchesTheDriver() {}

    static Object inside(PgConnection connection) {
        return connection.getQueryExecutor();
    }
}
