package dev.lexigram.tenancy.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.cache.TenantCacheEpochKey;
import dev.lexigram.tenancy.cache.TenantCacheKey;
import dev.lexigram.tenancy.cache.TenantCacheValue;
import dev.lexigram.tenancy.context.TenantCallable;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCache;

/** Whose an entry is, is looked at when it is read, whatever key it lay under; and so is how old it is. */
@ExtendWith(OutputCaptureExtension.class)
class CacheEntryOwnerTest {

    private static final Tenant ACME = Tenant.active(TenantId.of("acme"), Slug.of("acme"), "Acme", Instant.EPOCH);
    private static final Tenant GLOBEX =
            Tenant.active(TenantId.of("globex"), Slug.of("globex"), "Globex", Instant.EPOCH);
    private static final TenantCacheKey KEY_OF_ACME = new TenantCacheKey(ACME.id(), "key");

    @ParameterizedTest
    @EnumSource(CacheKind.class)
    void CA_10_an_entry_of_another_tenant_is_absent_in_every_way_and_told(CacheKind kind, CapturedOutput output) {
        assertTampered(kind, cache -> cache.get("key"), null);
        assertTampered(kind, cache -> cache.get("key", String.class), null);
        assertTampered(kind, cache -> cache.get("key", () -> "loaded"), "loaded");
        assertTampered(kind, cache -> cache.putIfAbsent("key", "put"), null);

        assertThat(output.getAll().lines().filter(line -> line.contains("foreign_cache_entry")))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line)
                        .contains("cache='notes' tenant=acme found=an entry of globex")
                        .doesNotContain("secret"));
    }

    @Test
    void CA_10_what_is_promised_is_looked_at_as_well(CapturedOutput output) {
        assertTampered(CacheKind.CAFFEINE_ASYNC, cache -> cache.retrieve("key").join(), null);
        assertTampered(
                CacheKind.CAFFEINE_ASYNC,
                cache -> cache.retrieve("key", () -> CompletableFuture.completedFuture("loaded"))
                        .join(),
                "loaded");

        assertThat(output.getAll().lines().filter(line -> line.contains("foreign_cache_entry")))
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(CacheKind.class)
    void CA_10_what_belongs_to_nobody_is_absent(CacheKind kind, CapturedOutput output) {
        var cache = divided(kind);
        cache.behind().put(KEY_OF_ACME, "planted");

        assertThat(as(ACME, () -> cache.get("key"))).isNull();
        assertThat(output.getAll()).contains("found=no entry of a tenant").doesNotContain("planted");
    }

    @ParameterizedTest
    @EnumSource(CacheKind.class)
    void H_2_what_was_begun_before_a_clear_is_absent_after_it(CacheKind kind) {
        var cache = divided(kind);
        put(cache, GLOBEX, "of globex");

        var loaded = as(
                ACME,
                () -> cache.get("key", () -> {
                    clear(cache, ACME);
                    return "loaded before";
                }));
        assertThat(loaded).as("who asked gets it").isEqualTo("loaded before");
        if (kind != CacheKind.CAFFEINE_ASYNC) { // which forgets what is being loaded
            assertThat(cache.behind().get(KEY_OF_ACME))
                    .as("control: it lies there")
                    .isNotNull();
        }
        assertThat(as(ACME, () -> cache.get("key"))).isNull();

        as(ACME, () -> {
            var work = cache.ofThisMoment(); // as a cached method's
            assertThat(work.get("key")).isNull();
            clear(cache, ACME);
            work.put("key", "computed before");
            return null;
        });
        assertThat(as(ACME, () -> cache.get("key"))).isNull();

        put(cache, ACME, "put afterwards");
        assertThat(as(ACME, () -> cache.get("key", String.class))).isEqualTo("put afterwards");
        assertThat(as(GLOBEX, () -> cache.get("key", String.class))).isEqualTo("of globex");
    }

    @Test
    void H_2_where_nodes_share_a_cache_a_clear_holds_on_all_of_them() {
        var behind = CacheKind.WRITTEN_OUT.manager().getCache("notes");
        var here = TenantCache.of(behind, UnaryOperator.identity());
        var there = TenantCache.of(behind, UnaryOperator.identity());
        put(here, ACME, "of acme");
        assertThat(as(ACME, () -> there.get("key", String.class))).isEqualTo("of acme");

        clear(there, ACME);

        assertThat(as(ACME, () -> here.get("key"))).isNull();
    }

    @Test
    void H_2_who_loses_the_epoch_loses_the_entries_and_no_other_tenants_epoch_is_taken_for_it(CapturedOutput output) {
        var behind = (WrittenOutCache) CacheKind.WRITTEN_OUT.manager().getCache("notes");
        var cache = TenantCache.of(behind, UnaryOperator.identity());
        put(cache, ACME, "of acme");
        put(cache, GLOBEX, "of globex");

        behind.copy(new TenantCacheEpochKey(GLOBEX.id()), new TenantCacheEpochKey(ACME.id()));
        assertThat(as(ACME, () -> cache.get("key"))).isNull();
        assertThat(output.getAll()).contains("foreign_cache_entry cache='notes' tenant=acme");
        behind.evict(new TenantCacheEpochKey(GLOBEX.id()));
        assertThat(as(GLOBEX, () -> cache.get("key"))).isNull();
    }

    @Test
    void a_cache_that_takes_no_null_is_still_seen_to_be_given_one() {
        var strict = TenantCache.of(new ConcurrentMapCache("notes", false), UnaryOperator.identity());
        var lenient = TenantCache.of(new ConcurrentMapCache("notes"), UnaryOperator.identity());

        assertThatThrownBy(() -> put(strict, ACME, null)).isInstanceOf(IllegalArgumentException.class);
        put(lenient, ACME, null);
        assertThat(as(ACME, () -> lenient.get("key")).get()).isNull();
    }

    private static void assertTampered(
            CacheKind kind, Function<Cache, @Nullable Object> read, @Nullable Object expected) {
        var cache = divided(kind);
        put(cache, GLOBEX, "secret");
        var blob = cache.behind().get(new TenantCacheKey(GLOBEX.id(), "key")).get();
        cache.behind().put(KEY_OF_ACME, blob);
        assertThat(cache.behind().get(KEY_OF_ACME).get())
                .as("control: only who looks whose it is does not read it")
                .isInstanceOfSatisfying(
                        TenantCacheValue.class,
                        entry -> assertThat(entry.value()).isEqualTo("secret"));

        assertThat(as(ACME, () -> read.apply(cache))).isEqualTo(expected);
        assertThat(as(GLOBEX, () -> cache.get("key", String.class))).isEqualTo("secret");
    }

    private static TenantCache divided(CacheKind kind) {
        var cache = kind.manager().getCache("notes");
        return TenantCache.of(cache, UnaryOperator.identity());
    }

    private static void put(Cache cache, Tenant tenant, @Nullable String value) {
        as(tenant, () -> {
            cache.put("key", value);
            return null;
        });
    }

    private static void clear(Cache cache, Tenant tenant) {
        as(tenant, () -> {
            cache.clear();
            return null;
        });
    }

    private static <T> @Nullable T as(Tenant tenant, TenantCallable<T, RuntimeException> work) {
        return TenantContext.callAs(tenant, work);
    }
}
