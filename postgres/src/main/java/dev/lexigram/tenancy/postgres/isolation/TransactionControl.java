package dev.lexigram.tenancy.postgres.isolation;

import java.util.List;

/** What a statement does to the transaction around it (PostgreSQL documentation, "SQL Commands"). */
enum TransactionControl {
    NONE,
    BEGIN,
    COMMIT,
    ROLLBACK,
    SAVEPOINT,
    RELEASE,
    ROLLBACK_TO,
    /** Leaves a transaction to be ended by somebody else, or ends such a one. */
    TWO_PHASE;

    /** Of a statement of these words, in lower case. */
    static TransactionControl of(List<String> words) {
        var second = words.size() > 1 ? words.get(1) : "";
        return switch (words.get(0)) {
            case "begin", "start" -> BEGIN;
            case "commit" -> second.equals("prepared") ? TWO_PHASE : COMMIT;
            case "end" -> COMMIT;
            case "abort" -> ROLLBACK;
            case "rollback" -> second.equals("prepared") ? TWO_PHASE : words.contains("to") ? ROLLBACK_TO : ROLLBACK;
            case "savepoint" -> SAVEPOINT;
            case "release" -> RELEASE;
            case "prepare" -> second.equals("transaction") ? TWO_PHASE : NONE;
            default -> NONE;
        };
    }
}
