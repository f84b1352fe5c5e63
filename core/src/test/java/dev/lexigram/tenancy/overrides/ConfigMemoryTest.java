package dev.lexigram.tenancy.overrides;

import static dev.lexigram.tenancy.overrides.Desk.ACME;
import static dev.lexigram.tenancy.overrides.Desk.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.cache.Coverage;
import dev.lexigram.tenancy.overrides.VersionedMemory.Staleness;
import dev.lexigram.tenancy.stores.ConfigSnapshot;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** K-9, K-10: what is remembered, how long, and what a write in between does to it. */
@Timeout(60)
class ConfigMemoryTest {

    private final InMemoryTenantStore store = Desk.store();
    private final ObservedConfigProvider inner = new ObservedConfigProvider(store);
    private final AtomicLong nanos = new AtomicLong();
    private final CachedTenantConfigProvider cached =
            new CachedTenantConfigProvider(inner, OverridesConfig.DEFAULTS, nanos::get);

    @Test
    void a_tenants_whole_configuration_is_loaded_once() {
        cached.setConfigs("acme", Map.of("a", 1, "b", 2));

        for (var round = 0; round < 5; round++) {
            assertThat(cached.getConfig("acme", "a")).hasValue("1");
            assertThat(cached.getConfig("acme", "b")).hasValue("2");
            assertThat(cached.getConfig("acme", "c")).isEmpty();
        }

        assertThat(inner.loads).hasValue(1);
    }

    @Test
    void who_writes_reads_what_was_written_always() {
        for (var round = 0; round < 100; round++) {
            cached.setConfig("acme", "round", round);
            assertThat(cached.getConfig("acme", "round")).hasValue(String.valueOf(round));
        }
        cached.unsetConfig("acme", "round");
        assertThat(cached.getConfig("acme", "round")).isEmpty();
    }

    @Test
    void what_others_write_is_seen_after_the_time_to_live() {
        cached.snapshot(ACME);
        store.setConfig("acme", "theme", "dark");

        nanos.addAndGet(Duration.ofSeconds(60).toNanos() - 1);
        assertThat(cached.getConfig("acme", "theme")).isEmpty();
        nanos.incrementAndGet();
        assertThat(cached.getConfig("acme", "theme")).hasValue("dark");
    }

    @Test
    void zero_remembers_nothing() {
        for (var off : List.of(
                new CachedTenantConfigProvider(inner, Duration.ZERO),
                new CachedTenantConfigProvider(inner, OverridesConfig.DEFAULTS.withCacheSize(0)))) {
            inner.loads.set(0);
            off.snapshot(ACME);
            store.setConfig("acme", "theme", inner.loads.get());
            assertThat(off.getConfig("acme", "theme")).hasValue("1");
        }
    }

    @Test
    void the_memory_is_bounded() {
        var small = new VersionedMemory<>(
                inner::snapshot,
                ConfigSnapshot::version,
                new Staleness(Duration.ofHours(1), Duration.ofHours(1), Coverage.NONE, nanos::get),
                100);

        IntStream.range(0, 10_000).forEach(number -> small.get(TenantId.of("t" + number)));

        assertThat(small.size()).isLessThanOrEqualTo(100);
    }

    @Test
    void a_failure_is_not_remembered_and_not_taken_for_empty() {
        cached.setConfig("acme", "theme", "dark");
        inner.away.set(true);
        assertThatThrownBy(() -> cached.getConfig("acme", "theme")).isInstanceOf(TenantUnavailableException.class);

        inner.away.set(false);
        assertThat(cached.getConfig("acme", "theme")).hasValue("dark");
    }

    @Test
    void a_write_that_failed_may_have_been_stored_so_it_is_read_again() {
        cached.snapshot(ACME);
        inner.failAfterWriting.set(true);

        assertThatThrownBy(() -> cached.setConfig("acme", "theme", "dark"))
                .isInstanceOf(TenantUnavailableException.class);

        assertThat(cached.getConfig("acme", "theme")).hasValue("dark");
    }

    @Test
    void CA_04_many_who_ask_at_once_share_one_load() throws Exception {
        inner.pause();
        var readers = IntStream.range(0, 50)
                .mapToObj(number -> started(() -> cached.snapshot(ACME)))
                .toList();
        inner.awaitReading();
        inner.goOn();

        for (var reader : readers) {
            assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(ConfigSnapshot.EMPTY);
        }
        assertThat(inner.loads).hasValue(1);
    }

    @Test
    void CA_06_what_was_loaded_before_a_write_is_not_remembered_after_it() throws Exception {
        inner.pause();
        var slow = started(() -> cached.getConfig("acme", "theme"));
        inner.awaitReading();
        cached.setConfig("acme", "theme", "dark");
        inner.goOn();

        assertThat(slow.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(cached.getConfig("acme", "theme")).hasValue("dark");
    }

    @Test
    void CA_06_nor_what_was_loaded_before_an_invalidation() throws Exception {
        for (var invalidate : List.<Runnable>of(() -> cached.invalidate(ACME), cached::invalidateAll)) {
            inner.pause();
            var slow = started(() -> cached.snapshot(ACME));
            inner.awaitReading();
            store.setConfig("acme", "theme", inner.loads.get());
            invalidate.run();
            inner.goOn();
            slow.get(30, TimeUnit.SECONDS);

            assertThat(cached.getConfig("acme", "theme")).hasValue(String.valueOf(inner.loads.get() - 1));
            cached.invalidateAll();
        }
    }

    @Test
    void CA_06_control_a_memory_that_looks_loads_and_puts_keeps_the_old_value() throws Exception {
        var naive = new ConcurrentHashMap<TenantId, ConfigSnapshot>();
        inner.pause();
        var slow = started(() -> naive.put(ACME, inner.snapshot(ACME)));
        inner.awaitReading();
        store.setConfig("acme", "theme", "dark");
        naive.remove(ACME);
        inner.goOn();
        slow.get(30, TimeUnit.SECONDS);

        assertThat(naive.get(ACME).entry("theme")).isEmpty();
    }

    @Test
    void CA_06_the_plan_of_a_tenant_that_changed_during_a_load_is_not_remembered() throws Exception {
        var catalog = ConfigCatalog.EMPTY
                .withPlan("gold", Map.of("theme", "golden"))
                .withPlan("basic", Map.of("theme", "grey"));
        var service = TenantConfigService.of(store, inner, OverridesConfig.DEFAULTS, catalog);
        inner.pause();
        var slow = started(() -> service.getConfig("acme", "theme"));
        inner.awaitReading();
        store.save(Desk.tenant(ACME, "basic", TenantStatus.ACTIVE), 1, List.of());
        service.invalidate(ACME);
        inner.goOn();

        assertThat(slow.get(30, TimeUnit.SECONDS)).hasValue("golden");
        assertThat(service.getConfig("acme", "theme")).hasValue("grey");
    }

    @Test
    void a_write_to_one_tenant_lets_the_loads_of_others_be_remembered() throws Exception {
        inner.pause();
        var slow = started(() -> cached.snapshot(GLOBEX));
        inner.awaitReading();
        cached.setConfig("acme", "theme", "dark");
        inner.goOn();
        slow.get(30, TimeUnit.SECONDS);

        inner.loads.set(0);
        cached.snapshot(GLOBEX);
        assertThat(inner.loads).hasValue(0);
    }

    @Test
    void K_10_an_older_version_never_takes_the_place_of_a_newer_one() {
        store.setConfig("acme", "theme", "old");
        var old = store.snapshot(ACME);
        store.setConfig("acme", "theme", "new");
        cached.snapshot(ACME);

        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        inner.answer = Optional.of(old); // as a replica that lags behind would
        assertThat(cached.getConfig("acme", "theme")).hasValue("new");

        inner.answer = Optional.empty();
        assertThat(cached.getConfig("acme", "theme")).hasValue("new");
        assertThat(new ConfigSnapshot(1, old.entries())
                        .entry("theme")
                        .orElseThrow()
                        .value()
                        .text())
                .isEqualTo("old");
    }

    @Test
    void CF_06_while_changes_are_not_covered_entries_are_younger() {
        var covered = new AtomicBoolean(true);
        var staleness = new Staleness(
                Duration.ofSeconds(60), Duration.ofSeconds(30), (since, now) -> covered.get(), nanos::get);
        var service = TenantConfigService.of(
                store, store, OverridesConfig.DEFAULTS, ConfigCatalog.EMPTY, staleness, InstantSource.system());
        service.getConfig("acme", "theme");
        store.setConfig("acme", "theme", "dark");
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());

        assertThat(service.getConfig("acme", "theme")).isEmpty();
        covered.set(false);
        assertThat(service.getConfig("acme", "theme")).hasValue("dark");
    }

    private static <T> FutureTask<T> started(java.util.concurrent.Callable<T> work) {
        var task = new FutureTask<>(work);
        var thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
