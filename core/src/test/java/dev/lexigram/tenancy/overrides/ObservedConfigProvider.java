package dev.lexigram.tenancy.overrides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.stores.ConfigSnapshot;
import dev.lexigram.tenancy.stores.ConfigUpdate;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts loads, and lets a test hold one after it has read. */
final class ObservedConfigProvider implements TenantConfigProvider {

    private final TenantConfigProvider provider;
    final AtomicInteger loads = new AtomicInteger();
    final AtomicBoolean away = new AtomicBoolean();
    final AtomicBoolean failAfterWriting = new AtomicBoolean();
    volatile Optional<ConfigSnapshot> answer = Optional.empty();
    private volatile CountDownLatch reading = new CountDownLatch(0);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    ObservedConfigProvider(TenantConfigProvider provider) {
        this.provider = provider;
    }

    void pause() {
        reading = new CountDownLatch(1);
        gate = new CountDownLatch(1);
    }

    void awaitReading() throws InterruptedException {
        assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
    }

    void goOn() {
        gate.countDown();
    }

    @Override
    public ConfigSnapshot snapshot(TenantId tenant) {
        loads.incrementAndGet();
        if (away.get()) {
            throw new IllegalStateException("secret");
        }
        var hold = gate;
        var read = answer.orElseGet(() -> provider.snapshot(tenant));
        if (hold.getCount() > 0 && reading.getCount() > 0) {
            reading.countDown();
            awaitQuietly(hold);
        }
        return read;
    }

    @Override
    public ConfigSnapshot apply(TenantId tenant, ConfigUpdate update) {
        var after = provider.apply(tenant, update);
        if (failAfterWriting.get()) {
            throw TenantUnavailableException.of("The store", new IllegalStateException());
        }
        return after;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
