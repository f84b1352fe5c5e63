package dev.lexigram.tenancy.postgres.isolation;

class PlainBinderUnknownOutcomeTest extends UnknownOutcomeAttacks {}
