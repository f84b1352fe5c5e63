package dev.lexigram.tenancy.postgres.isolation;

class PlainBinderConnectionLossTest extends ConnectionLossAttacks {}
