package dev.lexigram.tenancy.architecture.planted.core;

import org.springframework.util.StringUtils;

/** Planted: the rule that forbids this must find it. */
public final class CoreThatKnowsSpring {

    private CoreThatKnowsSpring() {}

    static boolean hasText(String text) {
        return StringUtils.hasText(text);
    }
}
