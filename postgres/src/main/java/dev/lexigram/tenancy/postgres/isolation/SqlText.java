package dev.lexigram.tenancy.postgres.isolation;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What has to be known about a text before it runs. It is a precaution, not the guard: the policies hold whatever a text
 * does, and the binding is checked before every commit.
 *
 * @param control the BEGIN, COMMIT, SAVEPOINT or the like that it is, or the last of several that it holds
 * @param statements how many statements it has
 * @param leavesTraces may leave something in the session, as far as can be told: anything but ordinary statements
 * @param needsSession relies on the session, or may leave something there, that would outlive the transaction
 * @param mayUnbind may have changed or ended the binding
 * @param setsTransaction is a single SET TRANSACTION, which must precede every query of its transaction
 */
record SqlText(
        TransactionControl control,
        int statements,
        boolean leavesTraces,
        boolean needsSession,
        boolean mayUnbind,
        boolean setsTransaction) {

    /** A text that reads or writes rows. */
    static final SqlText ORDINARY = new SqlText(TransactionControl.NONE, 0, false, false, false, false);

    private static final Set<String> ROWS = Set.of(
            "select", "insert", "update", "delete", "merge", "with", "values", "table", "explain", "show", "lock",
            "call", "copy");
    private static final Set<String> TEMPORARY = Set.of("temp", "temporary", "local", "global");
    private static final Set<String> EXPLAINED = Set.of("create", "declare", "execute", "refresh");

    // Functions and names by which even a SELECT can leave something behind. As text, since quoting could hide a name.
    private static final List<String> TRACES =
            List.of("set_config", "advisory_lock", "advisory_unlock", "pg_temp", "dblink", "u&\"");

    static SqlText of(String sql) {
        var tokens = SqlLexer.read(sql);
        var text = ORDINARY;
        for (var words : tokens.statements()) {
            text = text.and(ofStatement(words));
        }
        var several = tokens.statements().size() > 1;
        var lower = sql.toLowerCase(Locale.ROOT);
        var traces = !tokens.complete() || mentionsTraces(lower);
        return new SqlText(
                text.control,
                tokens.statements().size(),
                text.leavesTraces || traces,
                text.needsSession || (traces && needsSession(tokens, lower)),
                text.mayUnbind || several || traces,
                text.setsTransaction && !several && !traces);
    }

    /** Both texts as one, such as the entries of a batch. */
    SqlText and(SqlText other) {
        return new SqlText(
                other.control == TransactionControl.NONE ? control : other.control,
                statements + other.statements,
                leavesTraces || other.leavesTraces,
                needsSession || other.needsSession,
                mayUnbind || other.mayUnbind,
                other.setsTransaction);
    }

    /** Holds a BEGIN, COMMIT, SAVEPOINT or the like. */
    boolean controlsTransactions() {
        return control != TransactionControl.NONE;
    }

    private static SqlText ofStatement(List<String> words) {
        var first = words.get(0);
        var second = words.size() > 1 ? words.get(1) : "";
        var control = TransactionControl.of(words);
        if (control != TransactionControl.NONE) {
            return new SqlText(control, 1, false, false, true, false);
        }
        if (first.equals("set") && second.equals("transaction")) {
            return new SqlText(control, 1, false, false, false, true);
        }
        if (first.equals("set") && (second.equals("local") || second.equals("constraints"))) {
            return new SqlText(control, 1, false, false, true, false); // PostgreSQL takes it back with the transaction
        }
        var ordinary = ROWS.contains(first) && !makesTemporary(words);
        var needsSession = !ordinary && !SessionFeatures.endsWithTransaction(words);
        return new SqlText(control, 1, !ordinary, needsSession, !ordinary, false);
    }

    private static boolean makesTemporary(List<String> words) {
        if (words.get(0).equals("explain") && words.stream().anyMatch(EXPLAINED::contains)) {
            return true;
        }
        for (var i = 1; i < words.size() - 1; i++) {
            if (words.get(i).equals("into")
                    && TEMPORARY.contains(words.get(i + 1))
                    && !words.get(i - 1).equals("insert")) {
                return true;
            }
        }
        return false;
    }

    private static boolean needsSession(SqlLexer.Tokens tokens, String lower) {
        return !tokens.complete() || mentionsTraces(SessionFeatures.withoutLocalSettings(lower));
    }

    private static boolean mentionsTraces(String lower) {
        return TRACES.stream().anyMatch(lower::contains);
    }
}
