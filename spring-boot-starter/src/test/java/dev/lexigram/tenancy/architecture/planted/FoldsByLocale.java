package dev.lexigram.tenancy.architecture.planted;

/** Planted: the rule that forbids this must find it. */
public final class FoldsByLocale {

    private FoldsByLocale() {}

    static String fold(String slug) {
        return slug.toLowerCase();
    }
}
