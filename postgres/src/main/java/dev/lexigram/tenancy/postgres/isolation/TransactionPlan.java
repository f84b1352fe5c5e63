package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.postgres.driver.Script;
import dev.lexigram.tenancy.postgres.driver.Script.Lead;
import org.postgresql.core.TransactionState;

/**
 * What has to go between statements that are sent together, some of which may begin and end transactions. It follows what
 * the server will do if all of them succeed; if one fails, the rest is not executed.
 */
final class TransactionPlan {

    private final Lead[] leads;
    private int size;
    private TransactionState state;
    private TransactionBinding binding;
    private boolean autoCommit;
    private boolean controlled;

    TransactionPlan(int statements, TransactionBinding binding, TransactionState state, boolean autoCommit) {
        this.leads = new Lead[statements];
        this.binding = binding;
        this.state = state;
        this.autoCommit = autoCommit;
    }

    /** Whether a statement, as a transaction of its own, has to be bound: whatever can read or write rows. */
    static boolean needsBinding(SqlText sql) {
        return sql.control() == TransactionControl.NONE && !sql.setsTransaction();
    }

    void add(SqlText sql) {
        controlled |= sql.controlsTransactions();
        leads[size++] = state == TransactionState.FAILED ? Lead.NOTHING : binding.before(sql);
        if (state != TransactionState.FAILED) {
            binding = binding.after(sql);
        }
        move(sql.control());
    }

    private void move(TransactionControl control) {
        switch (control) {
            case COMMIT, ROLLBACK, TWO_PHASE -> {
                state = TransactionState.IDLE;
                binding = TransactionBinding.NONE;
                autoCommit = true; // the driver begins a transaction before the first statement only
            }
            case ROLLBACK_TO -> {
                if (state == TransactionState.FAILED) {
                    state = TransactionState.OPEN;
                    binding = TransactionBinding.UNSURE;
                }
            }
            case BEGIN -> state = TransactionState.OPEN;
            case SAVEPOINT, RELEASE, NONE -> {
                if (state == TransactionState.IDLE && !autoCommit) {
                    state = TransactionState.OPEN;
                }
            }
        }
    }

    /** What will be known about the binding. */
    TransactionBinding result() {
        return state == TransactionState.IDLE ? TransactionBinding.NONE : binding;
    }

    Script script() {
        var end = state == TransactionState.IDLE ? binding.beforeEnd() : Lead.NOTHING;
        if (controlled) {
            return Script.across(leads, end);
        }
        return end == Lead.NOTHING ? Script.leading(leads[0]) : Script.enclosing(end);
    }
}
