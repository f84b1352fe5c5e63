package dev.lexigram.tenancy.architecture.planted;

/** Planted: the rule that forbids this must find it. */
public final class KeepsThreadLocals {

    static final ThreadLocal<String> TENANT = new ThreadLocal<>();

    private KeepsThreadLocals() {}
}
