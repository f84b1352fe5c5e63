package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.sql.SQLException;

/** What may be said of a failure of the database: its SQLSTATE. A driver's text can quote values, SQL and hosts. */
final class SqlFailures {

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    private static final String ADMIN_SHUTDOWN = "57P01";
    private static final String DUPLICATE_TABLE = "42P07";

    private SqlFailures() {}

    static TenantUnavailableException unavailable(SQLException failure) {
        var state = state(failure);
        var told = new SQLException("SQLSTATE " + state + ": " + meaning(state), state);
        told.setStackTrace(failure.getStackTrace());
        return TenantUnavailableException.of("The tenant store", told);
    }

    /** Two transactions met, and the database ended this one. */
    static boolean isCollision(SQLException failure) {
        var state = state(failure);
        return state.equals(SERIALIZATION_FAILURE) || state.equals(DEADLOCK);
    }

    /** The server had ended this connection before it was used. */
    static boolean isEnded(SQLException failure) {
        return state(failure).equals(ADMIN_SHUTDOWN);
    }

    /** The database is there, and will answer like this until somebody changes a login, a right or a table. */
    static boolean isConfiguration(SQLException failure) {
        var state = state(failure);
        return state.startsWith("28") || state.startsWith("3D") || state.startsWith("3F") || state.startsWith("42");
    }

    static String meaning(String state) {
        if (state.equals(DUPLICATE_TABLE)) {
            return "a table of that name is there already and is not the library's";
        }
        if (state.equals(Standby.STATE)) {
            return "the server is a standby, which may lag; connect to the primary";
        }
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08" -> "no connection";
            case "28" -> "the login was refused";
            case "3D" -> "there is no such database";
            case "3F" -> "there is no schema tenancy";
            case "42" -> "a right or a table is missing";
            case "53" -> "the server has no resources left";
            case "57" -> "the server ended the connection or the statement";
            default -> "look it up in the documentation of PostgreSQL, appendix Error Codes";
        };
    }

    static String state(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException known && known.getSQLState() != null) {
                return known.getSQLState();
            }
        }
        return "unknown";
    }
}
