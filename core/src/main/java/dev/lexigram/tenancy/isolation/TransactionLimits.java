package dev.lexigram.tenancy.isolation;

import java.time.Duration;

/**
 * How long a transaction of a tenant may hold what others wait for. Zero leaves a limit as the database has it. Immutable.
 *
 * @param statement how long one statement may take; then it fails with SQLSTATE 57014
 * @param lock how long a statement may wait for a lock; then it fails with SQLSTATE 55P03
 * @param idle how long a transaction may wait for its next statement; then the server ends the connection (25P03)
 */
public record TransactionLimits(Duration statement, Duration lock, Duration idle) {

    // Before DEFAULTS, whose making needs it.
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE); // of the server's settings

    public static final TransactionLimits DEFAULTS =
            new TransactionLimits(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(10));

    /** Every limit as the database has it. */
    public static final TransactionLimits NONE = new TransactionLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** @throws IllegalArgumentException if the server could not keep one of them */
    public TransactionLimits {
        check("statement_timeout", statement);
        check("lock_timeout", lock);
        check("idle_in_transaction_timeout", idle);
    }

    public TransactionLimits withStatement(Duration statement) {
        return new TransactionLimits(statement, lock, idle);
    }

    public TransactionLimits withLock(Duration lock) {
        return new TransactionLimits(statement, lock, idle);
    }

    public TransactionLimits withIdle(Duration idle) {
        return new TransactionLimits(statement, lock, idle);
    }

    /** Each limit, but where the other has a stricter one: zero is none. */
    public TransactionLimits andNotMoreThan(TransactionLimits other) {
        return new TransactionLimits(
                stricter(statement, other.statement), stricter(lock, other.lock), stricter(idle, other.idle));
    }

    private static Duration stricter(Duration one, Duration other) {
        if (one.isZero() || other.isZero()) {
            return one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static void check(String key, Duration limit) {
        if (limit.isNegative() || limit.compareTo(LONGEST) > 0 || !limit.isZero() && limit.toMillis() == 0) {
            throw new IllegalArgumentException(
                    "isolation." + key + " must be 0, or at least 1 ms and at most " + LONGEST + ", but is " + limit);
        }
    }
}
