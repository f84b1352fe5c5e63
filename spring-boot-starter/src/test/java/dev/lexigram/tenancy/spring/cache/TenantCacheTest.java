package dev.lexigram.tenancy.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantCallable;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.InMemoryMembership;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.spring.TenancyAutoConfiguration;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

class TenantCacheTest {

    private static final Tenant ACME = Tenant.active(TenantId.of("acme"), Slug.of("acme"), "Acme", Instant.EPOCH);
    private static final Tenant GLOBEX =
            Tenant.active(TenantId.of("globex"), Slug.of("globex"), "Globex", Instant.EPOCH);

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CacheAutoConfiguration.class, TenancyAutoConfiguration.class, TenancyCacheAutoConfiguration.class))
            .withBean(InMemoryTenantStore.class)
            .withBean(TenantMembership.class, InMemoryMembership::new)
            .withPropertyValues("tenancy.cache.shared=common")
            .withBean(CachedNotes.class)
            .withUserConfiguration(Caching.class);

    @ParameterizedTest
    @EnumSource(CacheKind.class)
    void CA_08_an_answer_is_kept_for_the_tenant_that_asked(CacheKind kind) {
        application.withBean(CacheManager.class, kind::manager).run(context -> {
            var notes = context.getBean(CachedNotes.class);

            assertThat(as(ACME, () -> notes.all())).isEqualTo("1 of acme");
            assertThat(as(GLOBEX, () -> notes.all())).isEqualTo("2 of globex");
            assertThat(as(ACME, () -> notes.all())).isEqualTo("1 of acme");
            assertThat(as(GLOBEX, () -> notes.one("fixed"))).isEqualTo("3 of globex");
            assertThat(as(ACME, () -> notes.one("fixed"))).isEqualTo("4 of acme");
            refusesWithNone(notes::all);
            refusesWithNone(() -> notes.one("fixed"));
            refusesWithNone(notes::changed);
        });
    }

    @ParameterizedTest
    @EnumSource(CacheKind.class)
    void CA_08_control_without_the_guard_the_other_tenant_and_nobody_get_it(CacheKind kind) {
        new ApplicationContextRunner()
                .withBean(CacheManager.class, kind::manager)
                .withBean(CachedNotes.class)
                .withUserConfiguration(Caching.class)
                .run(context -> {
                    var notes = context.getBean(CachedNotes.class);

                    var first = as(ACME, () -> notes.all());
                    assertThat(as(GLOBEX, () -> notes.all())).isEqualTo(first).startsWith("1 of ");
                    assertThat(notes.all()).isEqualTo(first);
                });
    }

    @ParameterizedTest
    @EnumSource(CacheKind.class)
    void a_tenant_empties_its_own_entries_and_leaves_the_others(CacheKind kind) {
        application.withBean(CacheManager.class, kind::manager).run(context -> {
            var notes = context.getBean(CachedNotes.class);
            as(ACME, () -> notes.all());
            as(GLOBEX, () -> notes.all());

            as(ACME, () -> {
                notes.changed();
                return null;
            });

            assertThat(as(ACME, () -> notes.all())).isEqualTo("3 of acme");
            assertThat(as(GLOBEX, () -> notes.all())).isEqualTo("2 of globex");
        });
    }

    @ParameterizedTest
    @EnumSource(CacheKind.class)
    void what_is_declared_shared_is_the_same_for_all_and_for_nobody(CacheKind kind) {
        application.withBean(CacheManager.class, kind::manager).run(context -> {
            var notes = context.getBean(CachedNotes.class);

            assertThat(as(ACME, () -> notes.common())).isEqualTo("1 of acme");
            assertThat(as(GLOBEX, () -> notes.common())).isEqualTo("1 of acme");
            assertThat(notes.common()).isEqualTo("1 of acme");
        });
    }

    @ParameterizedTest
    @EnumSource(CacheKind.class)
    void every_access_meets_the_own_entries_only(CacheKind kind) {
        application.withBean(CacheManager.class, kind::manager).run(context -> {
            var cache = context.getBean(CacheManager.class).getCache("notes");
            as(ACME, () -> {
                cache.put("key", "of acme");
                return null;
            });

            as(GLOBEX, () -> {
                assertThat(cache.get("key")).isNull();
                assertThat(cache.get("key", String.class)).isNull();
                assertThat(cache.evictIfPresent("key")).isFalse();
                cache.evict("key");
                assertThat(cache.invalidate()).isFalse();
                assertThat(cache.putIfAbsent("key", "of globex")).isNull();
                assertThat(cache.get("key", () -> "loaded")).isEqualTo("of globex");
                assertThat(cache.get("new", () -> "loaded by globex")).isEqualTo("loaded by globex");
                return null;
            });

            as(ACME, () -> {
                assertThat(cache.get("key", String.class)).isEqualTo("of acme");
                assertThat(cache.get("new")).isNull();
                assertThat(cache.invalidate()).isEqualTo(kind.isLocal());
                assertThat(cache.get("key")).isNull();
                return null;
            });
            for (var access : accesses(cache)) {
                refusesWithNone(access);
            }
        });
    }

    @Test
    void what_is_retrieved_asynchronously_is_loaded_and_kept_for_the_tenant_that_asked() {
        application
                .withBean(CacheManager.class, CacheKind.CAFFEINE_ASYNC::manager)
                .run(context -> {
                    var cache = context.getBean(CacheManager.class).getCache("notes");
                    var threads = Executors.newSingleThreadExecutor();
                    try {
                        assertThat(retrieve(cache, ACME, threads)).isEqualTo("of acme");
                        assertThat(retrieve(cache, GLOBEX, threads)).isEqualTo("of globex");
                        assertThat(as(ACME, () -> cache.get("key", String.class)))
                                .isEqualTo("of acme");
                        assertThat(as(ACME, () -> cache.retrieve("key").join()))
                                .isInstanceOfSatisfying(
                                        Cache.ValueWrapper.class,
                                        found -> assertThat(found.get()).isEqualTo("of acme"));
                        assertThat(as(GLOBEX, () -> cache.retrieve("another"))).isNull();
                        refusesWithNone(() -> cache.retrieve("key"));
                        refusesWithNone(() -> cache.retrieve("key", () -> CompletableFuture.completedFuture("x")));
                    } finally {
                        threads.shutdownNow();
                    }
                });
    }

    @Test
    void what_is_put_in_a_transaction_is_kept_for_its_tenant_whoever_commits() {
        application
                .withBean(CacheManager.class, CacheKind.IN_TRANSACTIONS::manager)
                .run(context -> {
                    var cache = context.getBean(CacheManager.class).getCache("notes");
                    TransactionSynchronizationManager.initSynchronization();
                    try {
                        as(ACME, () -> {
                            cache.put("key", "of acme");
                            return null;
                        });
                        as(GLOBEX, () -> {
                            TransactionSynchronizationUtils.triggerAfterCommit();
                            return null;
                        });
                    } finally {
                        TransactionSynchronizationManager.clearSynchronization();
                    }

                    assertThat(as(ACME, () -> cache.get("key", String.class))).isEqualTo("of acme");
                    assertThat(as(GLOBEX, () -> cache.get("key"))).isNull();
                });
    }

    @Test
    void a_manager_can_be_injected_by_its_own_class() {
        application.withBean(CaffeineCacheManager.class).run(context -> {
            assertThat(context.getBean(CaffeineCacheManager.class).getCache("notes"))
                    .isInstanceOf(TenantCache.class);
            assertThat(context.getBean(CaffeineCacheManager.class).getCache("common"))
                    .isNotInstanceOf(TenantCache.class);
        });
    }

    @Test
    void a_cache_is_measured_as_before() {
        application
                .withConfiguration(AutoConfigurations.of(CacheMetricsAutoConfiguration.class))
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues(
                        "spring.cache.type=caffeine",
                        "spring.cache.cache-names=notes",
                        "spring.cache.caffeine.spec=recordStats")
                .run(context -> {
                    var notes = context.getBean(CachedNotes.class);
                    as(ACME, () -> notes.all());
                    as(ACME, () -> notes.all());

                    var hits = context.getBean(MeterRegistry.class)
                            .get("cache.gets")
                            .tag("cache", "notes")
                            .tag("result", "hit")
                            .functionCounter();
                    assertThat(hits.count()).isEqualTo(1);
                });
    }

    @Test
    void with_tenancy_off_nothing_is_guarded() {
        application
                .withBean(CaffeineCacheManager.class)
                .withPropertyValues("tenancy.enabled=false")
                .run(context -> assertThat(context.getBean(CacheManager.class).getCache("notes"))
                        .isNotInstanceOf(TenantCache.class));
    }

    private static List<ThrowingCallable> accesses(Cache cache) {
        return List.of(
                () -> cache.get("key"),
                () -> cache.get("key", String.class),
                () -> cache.get("key", () -> "loaded"),
                () -> cache.put("key", "x"),
                () -> cache.putIfAbsent("key", "x"),
                () -> cache.evict("key"),
                () -> cache.evictIfPresent("key"),
                cache::clear,
                cache::invalidate);
    }

    private static void refusesWithNone(ThrowingCallable access) {
        assertThatThrownBy(access)
                .isInstanceOf(TenantRequiredException.class)
                .hasMessageContaining("'notes'")
                .hasMessageContaining("tenancy.cache.shared");
    }

    private static <T> @Nullable T as(Tenant tenant, TenantCallable<T, RuntimeException> work) {
        return TenantContext.callAs(tenant, work);
    }

    /** As {@code @Cacheable} does for a method that gives a future. */
    private static String retrieve(Cache cache, Tenant tenant, Executor threads) {
        return as(
                        tenant,
                        () -> cache.retrieve(
                                "key",
                                () -> CompletableFuture.supplyAsync(
                                        () -> "of " + TenantContext.require().id(), TenantContext.wrap(threads))))
                .join();
    }

    @EnableCaching
    static class Caching {}
}
