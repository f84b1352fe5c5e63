package dev.lexigram.tenancy.postgres.isolation;

class PlainBinderServerDeathTest extends ServerDeathAttacks {}
