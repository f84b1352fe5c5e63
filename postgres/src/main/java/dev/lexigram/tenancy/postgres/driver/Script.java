package dev.lexigram.tenancy.postgres.driver;

import java.util.Arrays;

/** What travels with the statements of one execution: something before some of them, and perhaps a check at the end. */
public final class Script {

    /** What goes immediately before a statement. */
    public enum Lead {
        NOTHING,
        BIND,
        RENEW,
        CHECK
    }

    private static final Script ALONE = new Script(true, false, Lead.NOTHING);
    private static final Script BOUND = new Script(true, false, Lead.BIND);
    private static final Script RENEWED = new Script(true, false, Lead.RENEW);
    private static final Script CHECKED = new Script(true, false, Lead.CHECK);
    private static final Script ENCLOSED = new Script(true, true, Lead.BIND);

    private final boolean oneTransaction;
    private final boolean checkedAtEnd;
    private final Lead[] leads;

    private Script(boolean oneTransaction, boolean checkedAtEnd, Lead... leads) {
        this.oneTransaction = oneTransaction;
        this.checkedAtEnd = checkedAtEnd;
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

    /** A transaction of its own: bound before the first statement, and checked after the last. */
    public static Script enclosing() {
        return ENCLOSED;
    }

    /** For statements that begin and end transactions themselves: something before each, and perhaps a check at the end. */
    public static Script across(Lead[] leads, boolean checkedAtEnd) {
        return new Script(false, checkedAtEnd, leads.clone());
    }

    Lead before(int statement) {
        return statement < leads.length ? leads[statement] : Lead.NOTHING;
    }

    boolean checkedAtEnd() {
        return checkedAtEnd;
    }

    boolean isEmpty() {
        return this == ALONE;
    }

    /** Whether the statements may be put into a transaction that is begun and committed for them. */
    boolean isOneTransaction() {
        return oneTransaction;
    }

    /** As this, with the check left to whoever ends the transaction. */
    Script withoutCheck() {
        return new Script(oneTransaction, false, leads);
    }

    /** How many statements travel along. */
    int companions() {
        return (int) Arrays.stream(leads).filter(lead -> lead != Lead.NOTHING).count() + (checkedAtEnd ? 1 : 0);
    }
}
