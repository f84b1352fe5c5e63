package dev.lexigram.tenancy.postgres.isolation;

class PlainBinderSessionTraceTest extends SessionTraceAttacks {}
