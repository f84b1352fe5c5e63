package dev.lexigram.tenancy.resolution;

import java.util.concurrent.atomic.AtomicInteger;

/** A custom resolver that always says the same, and counts how often it was asked. */
record FixedAnswer(String name, int priority, Resolution answer, AtomicInteger asked) implements TenantResolver {

    FixedAnswer(String name, int priority, Resolution answer) {
        this(name, priority, answer, new AtomicInteger());
    }

    @Override
    public Resolution resolve(TenantResolutionContext context) {
        asked.incrementAndGet();
        return answer;
    }
}
