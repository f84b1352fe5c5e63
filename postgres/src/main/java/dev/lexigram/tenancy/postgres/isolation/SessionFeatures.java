package dev.lexigram.tenancy.postgres.isolation;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells which texts need a session that the next transaction is still in, or leave something there. What is not known to
 * end with its transaction counts as such: the body of a DO block can hold anything.
 */
final class SessionFeatures {

    /** What an application has to do instead. */
    static final String REFUSED = "A pooler that shares server connections between transactions stands before the"
            + " database, and the statement may leave something in the session (a setting, a temporary table, a"
            + " subscription, a lock, a prepared statement), which another client of the pooler would get; use SET LOCAL,"
            + " pg_advisory_xact_lock and ordinary tables, or let this DataSource connect to the server itself.";

    private static final Set<String> TRANSACTIONAL = Set.of(
            "alter",
            "analyze",
            "checkpoint",
            "close",
            "cluster",
            "comment",
            "create",
            "declare",
            "drop",
            "fetch",
            "grant",
            "move",
            "notify",
            "refresh",
            "reindex",
            "revoke",
            "truncate",
            "vacuum");
    private static final Set<String> TEMPORARY = Set.of("temp", "temporary");
    private static final List<String> WITH_HOLD = List.of("with", "hold");
    private static final int KIND = 5; // the words in which CREATE says what it creates

    // With two plain arguments; whatever looks otherwise may be for the session.
    private static final String PLAIN = "\\s*(?:'[^']*'|\\?|[$:]\\w+)\\s*";
    private static final Pattern LOCAL_SETTING =
            Pattern.compile("set_config\\s*\\(" + PLAIN + "," + PLAIN + ",\\s*true\\s*\\)");

    private SessionFeatures() {}

    /** Whether these words, which are no query and no transaction control, are known to end with their transaction. */
    static boolean endsWithTransaction(List<String> words) {
        return TRANSACTIONAL.contains(words.get(0))
                && words.stream().limit(KIND).noneMatch(TEMPORARY::contains)
                && Collections.indexOfSubList(words, WITH_HOLD) < 0;
    }

    /** The text, in lower case, without the settings that it makes for its transaction only. */
    static String withoutLocalSettings(String lower) {
        return lower.contains("set_config") ? LOCAL_SETTING.matcher(lower).replaceAll("") : lower;
    }
}
