package dev.lexigram.tenancy.tenant;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the failure of tenancy that others have wrapped: data access layers, frameworks, containers. */
final class TenancyFailures {

    /** Deeper than any real chain; a chain that bites its own tail ends here. */
    private static final int MAX_DEPTH = 32;

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private TenancyFailures() {}

    /** The outermost one, with what the database says of the tenant told as what it means. */
    static Optional<TenantException> find(Throwable failure) {
        @Nullable Throwable current = failure;
        for (var depth = 0; current != null && depth < MAX_DEPTH; depth++) {
            if (current instanceof TenantException known) {
                return Optional.of(known);
            }
            if (current instanceof SQLException sql && says("tenant not bound", sql)) {
                return Optional.of(TenantRequiredException.of("A statement", sql));
            }
            if (current instanceof SQLException sql && says("tenant not served", sql)) {
                return Optional.of(TenantInactiveException.toldByDatabase(sql));
            }
            current = current.getCause();
        }
        return Optional.empty();
    }

    private static boolean says(String what, SQLException failure) {
        @Nullable SQLException current = failure;
        for (var depth = 0; current != null && depth < MAX_DEPTH; depth++) {
            if (INSUFFICIENT_PRIVILEGE.equals(current.getSQLState()) && isMessage(what, current.getMessage())) {
                return true;
            }
            current = current.getNextException();
        }
        return false;
    }

    /** The driver writes {@code ERROR: tenant not bound}, the first word in the server's language, then details. */
    private static boolean isMessage(String what, @Nullable String message) {
        return message != null && message.lines().findFirst().orElse("").endsWith(": " + what);
    }
}
