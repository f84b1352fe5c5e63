package dev.lexigram.tenancy.architecture.planted.one;

import dev.lexigram.tenancy.architecture.planted.two.Second;

/** Planted: the rule that forbids this must find it. */
public final class First {

    final Second second = new Second();
}
