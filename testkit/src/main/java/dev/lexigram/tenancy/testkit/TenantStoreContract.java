package dev.lexigram.tenancy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TenantStore} must do. A store is tested by a class that implements this interface and says how to
 * get an empty store, and how to see the events in it; nothing is left to declare and nothing can be left out.
 */
public interface TenantStoreContract extends TenantStoreEventContract, TenantStorePageContract {

    @Test
    default void a_tenant_comes_back_as_it_was_saved_in_every_field() {
        var store = emptyStore();
        Map<String, Object> config = Map.of(
                "text",
                "Zürich \" \\ ' ; -- 漢 \uD83D\uDE00",
                "whole",
                42,
                "long",
                9_000_000_000L,
                "decimal",
                new BigDecimal("10.50"),
                "double",
                0.1,
                "huge",
                1e300,
                "yes",
                true,
                "list",
                List.of(1, "two", List.of(), Map.of("deep", false)));
        var saved = new Tenant(
                TenantId.of("Acme_1"),
                Slug.of("acme"),
                "Acme '); drop table tenancy.tenants; --",
                TenantStatus.SUSPENDED,
                "unpaid since May",
                "gold",
                config,
                Map.of("owner", Map.of("name", "Ada")),
                "schema",
                TIME,
                TIME.plusSeconds(5),
                1);

        var stored = store.save(saved, TenantStore.NEW, List.of());

        var found = store.findById(saved.id()).orElseThrow();
        assertThat(List.of(stored, found, store.findByName("acme").orElseThrow()))
                .allSatisfy(tenant -> assertThat(tenant)
                        .usingRecursiveComparison()
                        .withEqualsForType((one, other) -> decimal(one).compareTo(decimal(other)) == 0, Number.class)
                        .withStrictTypeChecking()
                        .isEqualTo(saved));
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }

    @Test
    default void what_a_store_returns_cannot_be_changed() {
        var store = emptyStore();
        TenantStoreFixture.create(store, "acme", "acme");

        var found = store.findById(TenantId.of("acme")).orElseThrow();

        assertThatThrownBy(() -> found.config().put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> found.metadata().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    default void a_name_is_compared_byte_for_byte_and_anything_else_finds_nothing() {
        var store = emptyStore();
        TenantStoreFixture.create(store, "t1", "acme");

        assertThat(store.findByName("acme")).isPresent();
        assertThat(List.of("ACME", "t1", "acme ", "acm", "", "a\u0000cme", "acme'--", "\u212Aiosk", "a".repeat(5000)))
                .allSatisfy(name -> assertThat(store.findByName(name)).isEmpty());
        assertThat(store.findById(TenantId.of("T1"))).isEmpty();
    }

    @Test
    default void of_many_creations_of_one_slug_exactly_one_wins() {
        var store = emptyStore();

        var outcomes = TenantStoreFixture.race(
                64,
                () -> store.save(
                        TenantStoreFixture.tenant(TenantId.generate().value(), "acme"), TenantStore.NEW, List.of()));

        assertThat(outcomes).filteredOn(Tenant.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(TenantSlugConflictException.class::isInstance)
                .hasSize(63);
        assertThat(store.findByName("acme")).contains((Tenant)
                outcomes.stream().filter(Tenant.class::isInstance).findAny().orElseThrow());
    }

    @Test
    default void a_slug_equal_to_the_id_of_another_is_taken_in_any_case_and_the_reverse() {
        var store = emptyStore();
        TenantStoreFixture.create(store, "Acme", "first");

        assertThatThrownBy(() -> TenantStoreFixture.create(store, "t2", "acme"))
                .isInstanceOf(TenantSlugConflictException.class);
        assertThatThrownBy(() -> TenantStoreFixture.create(store, "FIRST", "second"))
                .isInstanceOf(TenantSlugConflictException.class);
        assertThatThrownBy(() -> TenantStoreFixture.create(store, "ACME", "second"))
                .isInstanceOf(TenantSlugConflictException.class);
        assertThatThrownBy(() -> TenantStoreFixture.create(store, "Acme", "second"))
                .isInstanceOf(TenantSlugConflictException.class);
        assertThat(store.findByName("second")).isEmpty();
    }

    @Test
    default void a_tenant_may_have_its_own_id_as_its_slug() {
        var store = emptyStore();

        TenantStoreFixture.create(store, "acme", "acme");
        TenantStoreFixture.create(store, "Globex", "globex");

        assertThat(store.findByName("acme")).get().extracting(Tenant::id).isEqualTo(TenantId.of("acme"));
        assertThat(store.findByName("globex")).get().extracting(Tenant::id).isEqualTo(TenantId.of("Globex"));
    }

    @Test
    default void a_failed_tenant_gives_its_slug_back_and_keeps_its_id() {
        var store = emptyStore();
        var tenant = TenantStoreFixture.create(store, "t1", "acme");
        var failed = store.save(TenantStoreFixture.moved(tenant, TenantStatus.FAILED), 1, List.of());

        assertThat(store.findByName("acme")).isEmpty();
        assertThat(store.findById(failed.id())).contains(failed);
        TenantStoreFixture.create(store, "t2", "acme");

        assertThat(store.findByName("acme")).get().extracting(Tenant::id).isEqualTo(TenantId.of("t2"));
        assertThatThrownBy(() -> TenantStoreFixture.create(store, "t1", "other"))
                .isInstanceOf(TenantSlugConflictException.class);
        assertThatThrownBy(() -> store.save(TenantStoreFixture.moved(failed, TenantStatus.ACTIVE), 2, List.of()))
                .isInstanceOf(TenantSlugConflictException.class);
    }

    @Test
    default void a_new_slug_is_claimed_and_the_old_one_given_back() {
        var store = emptyStore();
        var tenant = TenantStoreFixture.create(store, "t1", "acme");
        TenantStoreFixture.create(store, "t2", "globex");

        assertThatThrownBy(() -> store.save(TenantStoreFixture.renamed(tenant, "globex"), 1, List.of()))
                .isInstanceOf(TenantSlugConflictException.class);
        store.save(TenantStoreFixture.renamed(tenant, "initech"), 1, List.of());

        assertThat(store.findByName("initech")).get().extracting(Tenant::id).isEqualTo(tenant.id());
        assertThat(store.findByName("acme")).isEmpty();
        TenantStoreFixture.create(store, "t3", "acme");
    }

    @Test
    default void a_stale_version_changes_nothing() {
        var store = emptyStore();
        var first = TenantStoreFixture.create(store, "acme", "acme");
        var second = store.save(TenantStoreFixture.moved(first, TenantStatus.INACTIVE), 1, List.of());

        assertThat(second.version()).isEqualTo(2);
        for (var stale : new long[] {1, 3, -1}) {
            assertThatThrownBy(() -> store.save(
                            TenantStoreFixture.moved(first, TenantStatus.SUSPENDED),
                            stale,
                            List.of(TenantStoreFixture.activated(first))))
                    .isInstanceOf(TenantConflictException.class);
        }
        assertThat(store.findById(first.id())).contains(second);
        assertThat(storedEvents(store)).isEmpty();
    }

    @Test
    default void of_many_changes_of_one_version_exactly_one_wins() {
        var store = emptyStore();
        var tenant = TenantStoreFixture.create(store, "acme", "acme");

        var outcomes = TenantStoreFixture.race(
                16,
                () -> store.save(
                        TenantStoreFixture.moved(tenant, TenantStatus.INACTIVE),
                        1,
                        List.of(TenantStoreFixture.activated(tenant))));

        assertThat(outcomes).filteredOn(Tenant.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(TenantConflictException.class::isInstance)
                .hasSize(15);
        assertThat(storedEvents(store)).hasSize(1);
    }

    @Test
    default void a_change_of_an_unknown_tenant_is_refused() {
        var store = emptyStore();

        assertThatThrownBy(() -> store.save(TenantStoreFixture.tenant("acme", "acme"), 1, List.of()))
                .isInstanceOf(TenantNotFoundException.class);
        assertThat(store.findById(TenantId.of("acme"))).isEmpty();
    }

    @Test
    default void the_strategy_and_the_time_of_creation_stay_those_of_the_first_save() {
        var store = emptyStore();
        var tenant = TenantStoreFixture.create(store, "acme", "acme");
        var other = new Tenant(
                tenant.id(),
                tenant.slug(),
                "Renamed",
                tenant.status(),
                null,
                null,
                Map.of(),
                Map.of(),
                "schema",
                TIME.plusSeconds(60),
                TIME.plusSeconds(60),
                1);

        var stored = store.save(other, 1, List.of());

        assertThat(stored).isEqualTo(store.findById(tenant.id()).orElseThrow());
        assertThat(stored.strategy()).isEqualTo("row_level");
        assertThat(stored.createdAt()).isEqualTo(TIME);
        assertThat(stored.name()).isEqualTo("Renamed");
    }
}
