package dev.lexigram.tenancy.tenant;

import java.util.Collection;
import java.util.Comparator;

/** Finds what a person most likely meant by a name that is not known, for messages about configuration. */
public final class Nearest {

    private static final int LONGEST = 100;

    private Nearest() {}

    /**
     * The known name with the fewest edits. A part of a name, or a name in the wrong section, counts as one edit; in another
     * section an edit of the name counts three times, as there only nearly the same name can be meant.
     *
     * @param known at least one name
     */
    public static String of(String stated, Collection<String> known) {
        var bounded = stated.substring(0, Math.min(stated.length(), LONGEST));
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(bounded, name))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static int distance(String stated, String name) {
        var whole = name.contains(stated) ? 1 : edits(stated, name);
        return Math.min(whole, 3 * edits(last(stated), last(name)) + 1);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** How many letters must be inserted, removed or replaced to turn one text into the other. */
    private static int edits(String from, String to) {
        var row = new int[to.length() + 1];
        for (var column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (var line = 1; line <= from.length(); line++) {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column < row.length; column++) {
                var replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
