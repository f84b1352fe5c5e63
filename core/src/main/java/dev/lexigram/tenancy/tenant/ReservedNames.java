package dev.lexigram.tenancy.tenant;

import java.util.Locale;
import java.util.Set;

/** Words that would be taken for something else in SQL, in DNS or in a log. */
final class ReservedNames {

    private static final Set<String> WORDS = Set.of(
            "public",
            "default",
            "null",
            "undefined",
            "none",
            "system",
            "admin",
            "root",
            "www",
            "api",
            "app",
            "static",
            "internal",
            "postgres",
            "template0",
            "template1",
            "information_schema");

    private ReservedNames() {}

    /** Expects ASCII text: a grammar check comes first. */
    static boolean contains(String ascii) {
        var folded = ascii.toLowerCase(Locale.ROOT);
        return folded.startsWith("pg_") || WORDS.contains(folded);
    }
}
