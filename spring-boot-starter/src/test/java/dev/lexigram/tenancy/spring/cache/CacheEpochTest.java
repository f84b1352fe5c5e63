package dev.lexigram.tenancy.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lexigram.tenancy.cache.TenantCacheKey;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.InMemoryMembership;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.spring.TenancyAutoConfiguration;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.LoggingCacheErrorHandler;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.cache.support.SimpleCacheManager;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/** What a cached method or a transaction began before a clear is gone after it, also if it only puts. */
@ExtendWith(OutputCaptureExtension.class)
class CacheEpochTest {

    private static final Tenant ACME = Tenant.active(TenantId.of("acme"), Slug.of("acme"), "Acme", Instant.EPOCH);

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CacheAutoConfiguration.class, TenancyAutoConfiguration.class, TenancyCacheAutoConfiguration.class))
            .withBean(InMemoryTenantStore.class)
            .withBean(TenantMembership.class, InMemoryMembership::new)
            .withBean(Drafts.class)
            .withUserConfiguration(Caching.class);

    @ParameterizedTest
    @EnumSource(CacheKind.class)
    void H_2_what_a_method_computed_before_a_clear_is_not_put_after_it(CacheKind kind) {
        application.withBean(CacheManager.class, kind::manager).run(context -> {
            var cache = context.getBean(CacheManager.class).getCache("notes");
            var drafts = context.getBean(Drafts.class);

            TenantContext.runAs(ACME, () -> {
                drafts.save("key", () -> {});
                assertThat(cache.get("key"))
                        .as("control: nothing came in between")
                        .isNotNull();
                cache.evict("key");

                drafts.save("key", cache::clear);
                assertThat(cache.get("key")).isNull();
            });
        });
    }

    @Test
    void H_2_what_waits_for_its_commit_is_of_the_epoch_in_which_it_was_put() {
        var cache = TenantCache.of(new ConcurrentMapCache("notes"), TransactionAwareCacheDecorator::new);
        TransactionSynchronizationManager.initSynchronization();
        try {
            TenantContext.runAs(ACME, () -> cache.put("key", "before"));
            CompletableFuture.runAsync(() -> TenantContext.runAs(ACME, cache::clear), task -> new Thread(task).start())
                    .join();
            TransactionSynchronizationUtils.triggerAfterCommit();
        } finally {
            TransactionSynchronizationManager.clearSynchronization();
        }

        var lies = cache.behind().get(new TenantCacheKey(ACME.id(), "key"));
        assertThat(lies).as("control: it lies there").isNotNull();
        assertThat(TenantContext.callAs(ACME, () -> cache.get("key"))).isNull();
    }

    @Test
    void a_cache_that_fails_is_left_to_the_handler_of_such_failures() {
        application.withBean(CacheManager.class, BrokenCache::manager).run(context -> {
            var drafts = context.getBean(Drafts.class);

            assertThat(TenantContext.callAs(ACME, () -> drafts.find("key"))).isEqualTo("key");
        });
    }

    @Test
    void who_waited_for_nothing_asks_again_and_raises_no_alarm(CapturedOutput output) {
        var manager = new CaffeineCacheManager();
        manager.setCaffeine(Caffeine.newBuilder());
        manager.setAsyncCacheMode(true);
        manager.setAllowNullValues(false);
        var cache = TenantCache.of(manager.getCache("notes"), UnaryOperator.identity());
        var promise = new CompletableFuture<@Nullable String>();

        var second = TenantContext.callAs(ACME, () -> {
            cache.retrieve("key", () -> promise);
            return cache.retrieve("key", () -> CompletableFuture.completedFuture("asked again"));
        });
        promise.complete(null);

        assertThat(second.join()).isEqualTo("asked again");
        assertThat(output.getAll()).doesNotContain("foreign_cache_entry");
    }

    @Test
    void the_name_of_a_cache_cannot_end_a_line_of_the_log(CapturedOutput output) {
        var cache = TenantCache.of(new ConcurrentMapCache("notes\nforged"), UnaryOperator.identity());
        cache.behind().put(new TenantCacheKey(ACME.id(), "key"), "planted");

        assertThat(TenantContext.callAs(ACME, () -> cache.get("key"))).isNull();
        assertThat(output.getAll()).contains("cache='notes\\u000aforged'");
    }

    /** What an application does with its notes. */
    static class Drafts {

        @CachePut(cacheNames = "notes", key = "#key")
        public String save(String key, Runnable meanwhile) {
            meanwhile.run();
            return key;
        }

        @Cacheable("notes")
        public String find(String key) {
            return key;
        }
    }

    @EnableCaching
    static class Caching implements CachingConfigurer {

        @Override
        public CacheErrorHandler errorHandler() {
            return new LoggingCacheErrorHandler();
        }
    }

    /** One that nobody can reach. */
    private static final class BrokenCache extends AbstractValueAdaptingCache {

        private BrokenCache() {
            super(true);
        }

        static CacheManager manager() {
            var manager = new SimpleCacheManager();
            manager.setCaches(List.of(new BrokenCache()));
            manager.initializeCaches();
            return manager;
        }

        @Override
        protected Object lookup(Object key) {
            throw unreachable();
        }

        @Override
        public String getName() {
            return "notes";
        }

        @Override
        public Object getNativeCache() {
            return this;
        }

        @Override
        public <T> T get(Object key, Callable<T> loader) {
            throw unreachable();
        }

        @Override
        public void put(Object key, @Nullable Object value) {
            throw unreachable();
        }

        @Override
        public void evict(Object key) {
            throw unreachable();
        }

        @Override
        public void clear() {
            throw unreachable();
        }

        private static IllegalStateException unreachable() {
            return new IllegalStateException("unreachable");
        }
    }
}
