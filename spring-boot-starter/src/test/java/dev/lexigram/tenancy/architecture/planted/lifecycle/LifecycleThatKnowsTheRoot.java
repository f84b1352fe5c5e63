package dev.lexigram.tenancy.architecture.planted.lifecycle;

import dev.lexigram.tenancy.TenancyConfig;

/** Planted: the rule that forbids this must find it. */
public final class LifecycleThatKnowsTheRoot {

    final TenancyConfig config = TenancyConfig.DEFAULTS;
}
