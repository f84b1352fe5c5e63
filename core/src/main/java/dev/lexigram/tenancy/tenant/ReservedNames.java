package dev.lexigram.tenancy.tenant;

/** Words that would be taken for something else in SQL, in DNS or in a log. */
final class ReservedNames {

    private static final String[] WORDS = {
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
        "information_schema"
    };

    private ReservedNames() {}

    /** Expects ASCII text: a grammar check comes first. Compares in any case and allocates nothing. */
    static boolean contains(String ascii) {
        if (ascii.regionMatches(true, 0, "pg_", 0, 3)) {
            return true;
        }
        for (var word : WORDS) {
            if (word.length() == ascii.length() && word.equalsIgnoreCase(ascii)) {
                return true;
            }
        }
        return false;
    }
}
