package dev.lexigram.tenancy.spring.shop;

import java.util.UUID;

/** Whose rows an operation is after: every number and every UUID of a tenant's rows is the same. */
record Target(String tenant, long number) {

    static final Target ACME = new Target("acme", 1);
    static final Target GLOBEX = new Target("globex", 2);

    UUID uuid() {
        return new UUID(0, number);
    }

    Quote.Key quote() {
        return new Quote.Key(uuid(), Quote.DAY);
    }
}
