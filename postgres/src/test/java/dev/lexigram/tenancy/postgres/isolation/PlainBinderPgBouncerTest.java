package dev.lexigram.tenancy.postgres.isolation;

class PlainBinderPgBouncerTest extends PgBouncerAttacks {}
