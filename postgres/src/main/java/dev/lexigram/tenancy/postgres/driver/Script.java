package dev.lexigram.tenancy.postgres.driver;

import java.util.Arrays;
import java.util.stream.Stream;

/** What travels with the statements of one execution: something before some of them, and perhaps at the end. */
public final class Script {

    /** What goes immediately before a statement. */
    public enum Lead {
        NOTHING,
        BIND,
        RENEW,
        CHECK
    }

    private static final Script ALONE = new Script(true, Lead.NOTHING, Lead.NOTHING);
    private static final Script BOUND = new Script(true, Lead.NOTHING, Lead.BIND);
    private static final Script RENEWED = new Script(true, Lead.NOTHING, Lead.RENEW);
    private static final Script CHECKED = new Script(true, Lead.NOTHING, Lead.CHECK);
    private static final Script BOUND_AND_CHECKED = new Script(true, Lead.CHECK, Lead.BIND);
    private static final Script BOUND_AND_RENEWED = new Script(true, Lead.RENEW, Lead.BIND);

    private final boolean oneTransaction;
    private final Lead end;
    private final Lead[] leads;

    private Script(boolean oneTransaction, Lead end, Lead... leads) {
        this.oneTransaction = oneTransaction;
        this.end = end;
        this.leads = leads;
    }

    /** Something before the first statement, and nothing else. */
    public static Script leading(Lead first) {
        return switch (first) {
            case NOTHING -> ALONE;
            case BIND -> BOUND;
            case RENEW -> RENEWED;
            case CHECK -> CHECKED;
        };
    }

    /** A transaction of its own: bound before the first statement; checked, or renewed, after the last. */
    public static Script enclosing(Lead end) {
        return end == Lead.RENEW ? BOUND_AND_RENEWED : BOUND_AND_CHECKED;
    }

    /** For statements that begin and end transactions themselves: something before each, and at the end. */
    public static Script across(Lead[] leads, Lead end) {
        return new Script(false, end, leads.clone());
    }

    Lead before(int statement) {
        return statement < leads.length ? leads[statement] : Lead.NOTHING;
    }

    /** What goes after the last statement, where nothing else ends the transaction. */
    Lead end() {
        return end;
    }

    boolean isEmpty() {
        return this == ALONE;
    }

    /** Whether the statements may be put into a transaction that is begun and committed for them. */
    boolean isOneTransaction() {
        return oneTransaction;
    }

    /** As this, with the end left to whoever ends the transaction. */
    Script withoutEnd() {
        return new Script(oneTransaction, Lead.NOTHING, leads);
    }

    /** How many statements travel along. */
    int companions() {
        return (int) Stream.concat(Arrays.stream(leads), Stream.of(end))
                .filter(lead -> lead != Lead.NOTHING)
                .count();
    }
}
