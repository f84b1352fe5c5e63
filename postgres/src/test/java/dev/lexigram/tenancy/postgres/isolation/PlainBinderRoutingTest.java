package dev.lexigram.tenancy.postgres.isolation;

class PlainBinderRoutingTest extends RoutingAttacks {}
