package dev.lexigram.tenancy.resolution;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;

/** Finds the name that was probably meant: one of which a part was written, else the one with the fewest edits. */
final class Nearest {

    private static final int MAX_LENGTH = 64;

    private Nearest() {}

    /** The first of the nearest; expects at least one candidate. */
    static String to(String text, Collection<String> candidates) {
        var wanted = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        return Collections.min(
                candidates,
                Comparator.comparingInt(candidate -> candidate.contains(wanted) ? 1 : distance(wanted, candidate)));
    }

    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (var column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (var line = 1; line <= from.length(); line++) {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= to.length(); column++) {
                var change = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(change, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
