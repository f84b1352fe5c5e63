package dev.lexigram.tenancy.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.cache.interceptor.SimpleCacheResolver;
import org.springframework.cache.transaction.TransactionAwareCacheManagerProxy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/** CA-08 where a cache is not simply asked of a manager: answers that come later, caches that are beans, resolvers. */
class CachesByOtherWaysTest {

    private static final Tenant ACME = tenant("acme");
    private static final Tenant GLOBEX = tenant("globex");

    private final ApplicationContextRunner unguarded =
            new ApplicationContextRunner().withUserConfiguration(Caching.class).withBean(Reports.class);

    private final ApplicationContextRunner application = unguarded
            .withConfiguration(
                    AutoConfigurations.of(TenancyAutoConfiguration.class, TenancyCacheAutoConfiguration.class))
            .withBean(InMemoryTenantStore.class)
            .withBean(TenantMembership.class, InMemoryMembership::new);

    @Test
    void what_a_cache_loads_in_a_thread_of_its_own_is_loaded_as_the_tenant_that_asked() {
        var cache = TenantCache.of(new LoadsElsewhere(), UnaryOperator.identity());

        var answer = as(
                ACME,
                () -> cache.retrieve(
                        "key",
                        () -> CompletableFuture.completedFuture(
                                "of " + TenantContext.require().id())));

        assertThat(answer.join()).isEqualTo("of acme");
    }

    @Test
    void CA_08_an_answer_that_comes_in_the_work_of_another_tenant_is_kept_for_the_one_that_asked() {
        application.run(context -> {
            var reports = context.getBean(Reports.class);

            var asked = as(ACME, reports::later);
            as(GLOBEX, () -> reports.answer("of acme"));

            assertThat(asked).isCompletedWithValue("of acme");
            assertThat(as(ACME, reports::later)).isCompletedWithValue("of acme");
            assertThat(as(GLOBEX, reports::later)).isNotCompleted();
        });
    }

    @Test
    void CA_08_control_without_the_guard_the_other_tenant_gets_the_late_answer() {
        unguarded.run(context -> {
            var reports = context.getBean(Reports.class);

            as(ACME, reports::later);
            as(GLOBEX, () -> reports.answer("of acme"));

            assertThat(as(GLOBEX, reports::later)).isCompletedWithValue("of acme");
        });
    }

    @Test
    void what_is_emptied_after_a_late_answer_is_that_of_the_tenant_that_asked() {
        application.run(context -> {
            var reports = context.getBean(Reports.class);
            var cache = context.getBean(CacheManager.class).getCache("reports");
            for (var tenant : new Tenant[] {ACME, GLOBEX}) {
                as(tenant, () -> cache.putIfAbsent("key", "of " + tenant.id()));
            }

            as(ACME, reports::changeLater);
            as(GLOBEX, () -> reports.answer("changed"));

            assertThat(as(ACME, () -> cache.get("key"))).isNull();
            assertThat(as(GLOBEX, () -> cache.get("key", String.class))).isEqualTo("of globex");
        });
    }

    @Test
    void CA_08_a_resolver_over_a_manager_that_is_no_bean_gives_no_way_around() {
        application.run(context -> {
            var reports = context.getBean(Reports.class);

            assertThat(as(ACME, reports::resolved)).isEqualTo("acme");
            assertThat(as(GLOBEX, reports::resolved)).isEqualTo("globex");
            assertThatThrownBy(reports::resolved)
                    .isInstanceOf(TenantRequiredException.class)
                    .hasMessageContaining("'resolved'");
        });
        unguarded.run(context -> {
            var reports = context.getBean(Reports.class);

            assertThat(as(ACME, reports::resolved)).isEqualTo("acme");
            assertThat(as(GLOBEX, reports::resolved)).isEqualTo("acme");
        });
    }

    @Test
    void CA_08_a_cache_that_is_a_bean_is_kept_by_tenant_too() {
        application.run(context -> {
            var cache = context.getBean("own", Cache.class);
            as(ACME, () -> cache.putIfAbsent("key", "of acme"));

            assertThat(as(ACME, () -> cache.get("key", String.class))).isEqualTo("of acme");
            assertThat(as(GLOBEX, () -> cache.get("key"))).isNull();
            assertThatThrownBy(() -> cache.get("key")).isInstanceOf(TenantRequiredException.class);
        });
        unguarded.run(context -> {
            var cache = context.getBean("own", Cache.class);
            as(ACME, () -> cache.putIfAbsent("key", "of acme"));

            assertThat(as(GLOBEX, () -> cache.get("key", String.class))).isEqualTo("of acme");
        });
    }

    @Test
    void a_manager_with_transactions_over_a_manager_that_is_a_bean_puts_for_the_tenant_that_asked_whoever_commits() {
        application.run(context -> {
            var cache = context.getBean("inTransactions", CacheManager.class).getCache("notes");
            var behind = context.getBean(CacheManager.class).getCache("notes");

            TransactionSynchronizationManager.initSynchronization();
            try {
                TenantContext.runAs(ACME, () -> cache.put("key", "of acme"));
                assertThat(as(ACME, () -> behind.get("key"))).isNull();
                TransactionSynchronizationUtils.triggerAfterCommit();
            } finally {
                TransactionSynchronizationManager.clearSynchronization();
            }

            assertThat(as(ACME, () -> behind.get("key", String.class))).isEqualTo("of acme");
        });
    }

    private static Tenant tenant(String name) {
        return Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.EPOCH);
    }

    private static <T> @Nullable T as(Tenant tenant, TenantCallable<T, RuntimeException> work) {
        return TenantContext.callAs(tenant, work);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

        @Bean
        @Primary
        CaffeineCacheManager cacheManager() {
            var manager = new CaffeineCacheManager();
            manager.setCaffeine(Caffeine.newBuilder());
            manager.setAsyncCacheMode(true);
            return manager;
        }

        @Bean
        TransactionAwareCacheManagerProxy inTransactions(CacheManager manager) {
            return new TransactionAwareCacheManagerProxy(manager);
        }

        @Bean
        CacheResolver resolver() {
            return new SimpleCacheResolver(new ConcurrentMapCacheManager());
        }

        @Bean
        Cache own() {
            return new ConcurrentMapCache("own");
        }
    }

    /** Reports that take their time. */
    static class Reports {

        private final Queue<CompletableFuture<String>> asked = new ArrayDeque<>();

        @Cacheable("reports")
        public CompletableFuture<String> later() {
            var answer = new CompletableFuture<String>();
            asked.add(answer);
            return answer;
        }

        @CacheEvict(cacheNames = "reports", allEntries = true)
        public CompletableFuture<String> changeLater() {
            return later();
        }

        /** Completes what was asked first, in the work of whoever happens to call. */
        public boolean answer(String text) {
            return asked.remove().complete(text);
        }

        @Cacheable(cacheNames = "resolved", cacheResolver = "resolver")
        public String resolved() {
            return TenantContext.current().map(tenant -> tenant.id().value()).orElse("none");
        }
    }

    /** Asks its loader in a thread that belongs to no tenant. */
    private static final class LoadsElsewhere extends ConcurrentMapCache {

        LoadsElsewhere() {
            super("elsewhere");
        }

        @Override
        public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
            return CompletableFuture.supplyAsync(loader, work -> new Thread(work).start())
                    .thenCompose(UnaryOperator.identity());
        }
    }
}
