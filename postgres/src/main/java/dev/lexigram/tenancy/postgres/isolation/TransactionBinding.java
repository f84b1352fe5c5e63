package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.postgres.driver.Script.Lead;

/** What is known about the binding of an open transaction. */
enum TransactionBinding {

    /** Nothing that needs one has run. */
    NONE,
    MADE,
    /** Was made, but an error, a savepoint or a text may have taken it back. */
    UNSURE;

    /** What has to precede this statement. */
    Lead before(SqlText sql) {
        return switch (sql.control()) {
            case BEGIN, ROLLBACK, ROLLBACK_TO, RELEASE, TWO_PHASE -> Lead.NOTHING;
            case COMMIT -> beforeEnd();
            case SAVEPOINT, NONE ->
                switch (this) {
                    case NONE -> sql.setsTransaction() ? Lead.NOTHING : Lead.BIND;
                    case MADE -> Lead.NOTHING;
                    case UNSURE -> Lead.RENEW;
                };
        };
    }

    /** What has to precede the end of the transaction. */
    Lead beforeEnd() {
        return switch (this) {
            case NONE -> Lead.NOTHING;
            case MADE -> Lead.CHECK;
            case UNSURE -> Lead.RENEW; // fails if it is another's, as a check does
        };
    }

    /** What is known after this statement and what preceded it have succeeded. */
    TransactionBinding after(SqlText sql) {
        return switch (sql.control()) {
            case BEGIN -> this;
            case COMMIT, ROLLBACK, TWO_PHASE -> NONE;
            case RELEASE, ROLLBACK_TO -> afterFailure();
            case SAVEPOINT -> MADE;
            case NONE -> {
                if (this == NONE && sql.setsTransaction()) {
                    yield NONE;
                }
                yield sql.mayUnbind() ? UNSURE : MADE;
            }
        };
    }

    /** What is known when a statement has failed, or everything back to a savepoint has been undone. */
    TransactionBinding afterFailure() {
        return this == NONE ? NONE : UNSURE;
    }
}
