package dev.lexigram.tenancy.architecture.planted;

/** Planted: the rule that forbids this must find it. */
public final class InheritsThreadLocals {

    static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

    private InheritsThreadLocals() {}
}
