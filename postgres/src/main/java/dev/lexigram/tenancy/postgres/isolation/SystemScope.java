package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.AuditEntry;
import dev.lexigram.tenancy.enforcement.AuditTrail;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import dev.lexigram.tenancy.tenant.Uuid7;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The one way to read rows of more than one tenant: for a stated reason, for at most 15 minutes, over a login of its own that
 * can change nothing, and written down before it begins and after it has ended, however it ended.
 *
 * <p>While the work runs no tenant is bound. Safe for use by many threads; it does not own the pool.
 */
public final class SystemScope {

    /** No scope lasts longer. */
    public static final Duration LONGEST = Duration.ofMinutes(15);

    private static final int LONGEST_REASON = 500;

    private final DataSource readers;
    private final AuditTrail trail;
    private final Supplier<String> actor;
    private final Duration limit;

    private SystemScope(DataSource readers, AuditTrail trail, Supplier<String> actor, Duration limit) {
        this.readers = readers;
        this.trail = trail;
        this.actor = actor;
        this.limit = limit;
    }

    /**
     * @param readers connections of {@code tenancy_admin} of {@code roles.sql}, used for nothing else
     * @param trail where it is written down
     * @param actor tells who is at work: the name under which a person or a job authenticated
     */
    public static SystemScope of(DataSource readers, AuditTrail trail, Supplier<String> actor) {
        return new SystemScope(readers, trail, actor, LONGEST);
    }

    /** Scopes that end earlier. @throws IllegalArgumentException if they would not, or not last at all */
    public SystemScope withLimit(Duration limit) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A system scope lasts more than nothing and at most " + LONGEST);
        }
        return new SystemScope(readers, trail, actor, limit);
    }

    /**
     * Lends the work a connection that reads every tenant's rows, in one transaction that only reads, and takes it back.
     *
     * @param reason why, for who reads the trail later: 1 to 500 characters
     * @throws TenancyConfigurationException if the login can do more than read, or does not see all rows
     * @throws TenantIsolationException if the work took longer than the limit; its connection was closed then
     * @throws TenantUnavailableException if it could not be written down; nothing was read, or what was read is not given
     * @throws SQLException if the database refused it, or the work raised this
     */
    public <T> T call(String reason, Work<T> work) throws SQLException {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("The reason has 1 to " + LONGEST_REASON
                    + " characters; say why this is read, for who reads the audit trail later");
        }
        var entry = new AuditEntry(
                Uuid7.next(),
                Instant.now(),
                actor.get(),
                "system_scope.begun",
                Optional.empty(),
                reason,
                Map.of("limit", limit.toString()));
        trail.record(entry);
        var outcome = Outcome.FAILED;
        try (var session = new SystemSession(readers.getConnection(), limit)) {
            try {
                var result = TenantContext.callWithout(() -> session.read(work));
                outcome = Outcome.DONE;
                return result;
            } catch (SQLException failure) {
                if (session.isExpired()) {
                    outcome = Outcome.EXPIRED;
                    throw TenantIsolationException.of(
                            "A system scope ended after " + limit + ", and its connection was closed; read less in one"
                                    + " scope, or in several.",
                            failure);
                }
                throw failure;
            }
        } finally {
            trail.record(ended(entry, outcome));
        }
    }

    private static AuditEntry ended(AuditEntry begun, Outcome outcome) {
        return new AuditEntry(
                Uuid7.next(),
                Instant.now(),
                begun.actor(),
                "system_scope.ended",
                Optional.empty(),
                begun.reason(),
                Map.of("begun", begun.id().toString(), "outcome", outcome.name().toLowerCase(Locale.ROOT)));
    }

    private enum Outcome {
        DONE,
        FAILED,
        EXPIRED
    }

    /** What is read. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
