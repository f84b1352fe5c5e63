package dev.lexigram.tenancy.architecture.planted.two;

import dev.lexigram.tenancy.architecture.planted.one.First;

/** Planted: the rule that forbids this must find it. */
public final class Second {

    First first() {
        return new First();
    }
}
