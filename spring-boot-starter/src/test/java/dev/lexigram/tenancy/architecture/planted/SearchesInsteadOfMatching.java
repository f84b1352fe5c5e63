package dev.lexigram.tenancy.architecture.planted;

import java.util.regex.Pattern;

/** Planted: the rule that forbids this must find it. */
public final class SearchesInsteadOfMatching {

    private SearchesInsteadOfMatching() {}

    static boolean isSlug(String text) {
        return Pattern.compile("[a-z]+").matcher(text).find();
    }
}
