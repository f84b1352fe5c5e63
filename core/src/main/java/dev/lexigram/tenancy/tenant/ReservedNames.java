package dev.lexigram.tenancy.tenant;

import java.util.List;
import java.util.stream.IntStream;

/** Words that would be taken for something else in SQL, in DNS or in a log. */
final class ReservedNames {

    /** By length, so that most texts are compared with no word at all. */
    private static final String[][] WORDS = byLength(
            "public default null undefined none system admin root www api app static internal postgres template0"
                    + " template1 information_schema");

    private ReservedNames() {}

    /** Expects ASCII text, not empty: a grammar check comes first. Compares in any case and allocates nothing. */
    static boolean contains(String ascii) {
        var first = (char) (ascii.charAt(0) | 0x20); // a letter in lower case
        if (first == 'p' && ascii.regionMatches(true, 0, "pg_", 0, 3)) {
            return true;
        }
        if (ascii.length() < WORDS.length) {
            for (var word : WORDS[ascii.length()]) {
                if (word.charAt(0) == first && word.equalsIgnoreCase(ascii)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String[][] byLength(String list) {
        var words = List.of(list.split(" ", -1));
        var longest = words.stream().mapToInt(String::length).max().orElseThrow();
        return IntStream.rangeClosed(0, longest)
                .mapToObj(length ->
                        words.stream().filter(word -> word.length() == length).toArray(String[]::new))
                .toArray(String[][]::new);
    }
}
