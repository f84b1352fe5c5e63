package dev.lexigram.tenancy;

import java.util.Collection;
import java.util.Comparator;

/** Finds what a person most likely meant by a name that is not known. */
final class Nearest {

    private static final int LONGEST = 100;

    private Nearest() {}

    /** The known name with the fewest edits; a name in the wrong section counts as one edit. */
    static String of(String stated, Collection<String> known) {
        var bounded = stated.substring(0, Math.min(stated.length(), LONGEST));
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(bounded, name))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static int distance(String stated, String name) {
        return Math.min(edits(stated, name), edits(last(stated), last(name)) + 1);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** How many letters must be inserted, removed or replaced to turn one text into the other. */
    private static int edits(String from, String to) {
        var before = new int[to.length() + 1];
        for (int column = 0; column < before.length; column++) {
            before[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            var now = new int[before.length];
            now[0] = row;
            for (int column = 1; column < now.length; column++) {
                int replaced = before[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                now[column] = Math.min(replaced, Math.min(before[column], now[column - 1]) + 1);
            }
            before = now;
        }
        return before[to.length()];
    }
}
