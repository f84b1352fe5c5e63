package dev.lexigram.tenancy.spring.start;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The database did not let somebody in, or did not let them do what they wanted. */
final class DatabaseRefusalAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final String HIBERNATE_DDL = "CommandAcceptanceException";

    private static final String HIBERNATE = """
            The application's login makes no tables. Let a migration make them, as the migrator, and then
            RowLevelPolicies.forTables(..) protect them; let Hibernate only compare:

              spring.jpa.hibernate.ddl-auto: validate
              spring.flyway: {user: tenancy_migrator, password: ...}      # or spring.liquibase""";

    private static final String MIGRATOR = """
            The application's login makes no tables. Let migrations run as the migrator, each script beginning with
            set local role tenancy_owner:

              spring.flyway: {user: tenancy_migrator, password: ...}      # or spring.liquibase""";

    private static final String ADDRESS = """
            Start PostgreSQL, or correct the address:

              spring.datasource.url: jdbc:postgresql://<host>:5432/<database>""";

    private static final String LOGIN = """
            If the role is missing: run roles.sql of lexigram-tenancy-postgres (dev/lexigram/tenancy/postgres in its jar)
            as a superuser in this database. Then give it a password and tell the application:

              alter role <role> password '...'

              spring.datasource: {username: tenancy_app, password: ...}          # serves requests
              spring.flyway: {user: tenancy_migrator, password: ...}             # or spring.liquibase
              tenancy.control_plane: {user: tenancy_control, password: ...}      # keeps the tenants""";

    private static final String DATABASE = """
            Create the database as a superuser, run roles.sql of lexigram-tenancy-postgres in it, or correct spring.datasource.url.""";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        var refusal = innermost(cause);
        var state = Objects.requireNonNullElse(refusal.getSQLState(), "");
        var message = Objects.requireNonNullElse(refusal.getMessage(), "");
        var action = action(rootFailure, state, message);
        return action == null
                ? null
                : new FailureAnalysis("PostgreSQL refused (SQLSTATE " + state + "): " + message, action, cause);
    }

    private static @Nullable String action(Throwable rootFailure, String state, String message) {
        if (state.startsWith("08")) {
            return ADDRESS;
        }
        return switch (state) {
            case "28000", "28P01" -> LOGIN;
            case "3D000" -> DATABASE;
            case "42501" -> deniedAction(rootFailure, message);
            case "42P01" -> linesFor(message).orElse(null);
            default -> null;
        };
    }

    private static Optional<String> linesFor(String message) {
        return SystemTables.ALL.stream()
                .filter(tables -> tables.isMentionedIn(message))
                .findFirst()
                .map(SystemTables::lines);
    }

    private static @Nullable String deniedAction(Throwable rootFailure, String message) {
        var systemTables = linesFor(message);
        if (systemTables.isPresent()) {
            return systemTables.get();
        }
        if (isDdlOfHibernate(rootFailure)) {
            return HIBERNATE;
        }
        return message.contains("permission denied for schema") || message.contains("must be owner") ? MIGRATOR : null;
    }

    private static boolean isDdlOfHibernate(Throwable failure) {
        for (Throwable current = failure; current != null; current = current.getCause()) {
            if (current.getClass().getSimpleName().equals(HIBERNATE_DDL)) {
                return true;
            }
        }
        return false;
    }

    private static SQLException innermost(SQLException outer) {
        var found = outer;
        for (Throwable current = outer; current != null; current = current.getCause()) {
            if (current instanceof SQLException deeper) {
                found = deeper;
            }
        }
        return found;
    }
}
