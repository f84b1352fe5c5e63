package dev.lexigram.tenancy.testkit;

import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantActivated;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.Uuid7;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the contract of a tenant store needs: the store itself, and a look at the events in it. */
interface TenantStoreFixture {

    /** A fixed time with all the digits that a store keeps. */
    Instant TIME = Instant.parse("2026-10-01T08:30:00.123456Z");

    /** A store without tenants. */
    TenantStore emptyStore();

    /** Every event in the store, in the order of each tenant's sequence. */
    List<TenantEvent> storedEvents(TenantStore store);

    /** An active tenant, not yet stored. */
    static Tenant tenant(String id, String slug) {
        return Tenant.active(TenantId.of(id), Slug.of(slug), "Tenant " + id, TIME);
    }

    static Tenant create(TenantStore store, String id, String slug) {
        return store.save(tenant(id, slug), TenantStore.NEW, List.of());
    }

    /** The tenant in another status, as a store gets it; deciding whether it may go there is not the store's. */
    static Tenant moved(Tenant tenant, TenantStatus status) {
        return changed(tenant, tenant.slug(), status, "for a test");
    }

    static Tenant renamed(Tenant tenant, String slug) {
        return changed(tenant, Slug.of(slug), tenant.status(), tenant.statusReason());
    }

    private static Tenant changed(Tenant tenant, Slug slug, TenantStatus status, @Nullable String reason) {
        return new Tenant(
                tenant.id(),
                slug,
                tenant.name(),
                status,
                reason,
                tenant.plan(),
                tenant.config(),
                tenant.metadata(),
                tenant.strategy(),
                tenant.createdAt(),
                TIME,
                tenant.version() + 1);
    }

    static TenantEvent activated(Tenant tenant) {
        return new TenantActivated(Uuid7.next(), tenant.id(), 0, TIME, "operator");
    }

    /** Starts all at one moment in threads of their own; each outcome is the result or what was thrown. */
    static <T> List<Object> race(int threads, Callable<T> work) {
        var start = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var running = IntStream.range(0, threads)
                    .mapToObj(index -> pool.submit(() -> {
                        start.await();
                        return work.call();
                    }))
                    .toList();
            start.countDown();
            return running.stream().map(TenantStoreFixture::outcome).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static Object outcome(Future<?> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            return Objects.requireNonNull(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return interrupted;
        }
    }
}
