package dev.lexigram.tenancy.testkit;

import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import java.time.Duration;
import java.time.Instant;

class InMemoryOutboxTest implements OutboxContract {

    private Instant now = Instant.parse("2026-10-01T08:30:00Z");

    @Override
    public TenantStore emptyStore() {
        return new InMemoryTenantStore(() -> now);
    }

    @Override
    public void pass(TenantStore store, Duration time) {
        now = now.plus(time);
    }
}
