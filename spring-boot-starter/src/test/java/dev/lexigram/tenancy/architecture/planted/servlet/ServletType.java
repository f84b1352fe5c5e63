package dev.lexigram.tenancy.architecture.planted.servlet;

/** Planted: the rule that forbids this must find it. */
public final class ServletType {}
