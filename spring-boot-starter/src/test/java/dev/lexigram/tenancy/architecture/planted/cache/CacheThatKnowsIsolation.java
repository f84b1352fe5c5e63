package dev.lexigram.tenancy.architecture.planted.cache;

import dev.lexigram.tenancy.isolation.IsolationConfig;

/** Planted: the rule that forbids this must find it. */
public final class CacheThatKnowsIsolation {

    private CacheThatKnowsIsolation() {}

    static String settingName(IsolationConfig isolation) {
        return isolation.settingName();
    }
}
