package dev.lexigram.tenancy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.stores.LifecycleRun.Kind;
import dev.lexigram.tenancy.stores.RunOpening;
import dev.lexigram.tenancy.stores.TenantDeletions;
import dev.lexigram.tenancy.stores.TenantDeletions.Terms;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantWriteFencedException;
import dev.lexigram.tenancy.tenant.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the deletions of every store must do; a store that keeps them is tested by a class that implements this, too. */
public interface TenantDeletionsContract extends TenantStoreFixture {

    @Test
    default void terms_last_as_long_as_the_deletion() {
        var store = emptyStore();
        var deletions = deletions(store);
        var acme = TenantStoreFixture.create(store, "acme", "acme");
        var terms = new Terms("drop", TIME);

        var deleting = deletions.schedule(
                TenantStoreFixture.moved(acme, TenantStatus.DELETING),
                1,
                List.of(TenantStoreFixture.activated(acme)),
                terms);

        assertThat(store.findById(acme.id())).contains(deleting);
        assertThat(storedEvents(store)).hasSize(1);
        assertThat(deletions.terms(acme.id())).contains(terms);
        assertThat(store.findByName("acme")).as("its name stays taken").contains(deleting);
        store.save(TenantStoreFixture.moved(deleting, TenantStatus.INACTIVE), 2, List.of());
        assertThat(deletions.terms(acme.id())).isEmpty();
        assertThat(deletions.due(10)).isEmpty();
    }

    @Test
    default void those_whose_time_has_come_by_the_time_of_the_store_are_due_the_earliest_first() {
        var store = emptyStore();
        var deletions = deletions(store);
        var now = deletions.now();
        scheduled(store, "later", now.plusSeconds(60));
        scheduled(store, "second", now.minusSeconds(60));
        scheduled(store, "first", now.minusSeconds(120));
        scheduled(store, "held", now.minusSeconds(180));
        deletions.hold(TenantId.of("held"), "a lawsuit");

        assertThat(deletions.due(10)).containsExactly(TenantId.of("first"), TenantId.of("second"));
        assertThat(deletions.due(1)).containsExactly(TenantId.of("first"));
    }

    @Test
    default void a_legal_hold_and_a_removal_exclude_each_other() {
        var store = emptyStore();
        var deletions = deletions(store);
        var acme = scheduled(store, "acme", TIME);
        deletions.hold(acme.id(), "a lawsuit");

        assertThat(deletions.heldBecause(acme.id())).contains("a lawsuit");
        assertThatThrownBy(() -> begin(store, acme))
                .isInstanceOf(TenantStateException.class)
                .hasMessageContaining("a lawsuit");
        assertThat(store.findById(acme.id())).contains(acme);
        deletions.release(acme.id());
        begin(store, acme);

        assertThatThrownBy(() -> deletions.hold(acme.id(), "too late")).isInstanceOf(TenantStateException.class);
        assertThatThrownBy(() -> deletions.hold(TenantId.of("nobody"), "x"))
                .isInstanceOf(TenantNotFoundException.class);
        assertThat(deletions.heldBecause(acme.id())).isEmpty();
        assertThat(deletions.due(10)).as("it is under way").isEmpty();
    }

    @Test
    default void LC_07_a_removed_tenant_keeps_its_id_for_ever_and_its_slug_for_the_quarantine() {
        var store = emptyStore();
        var deletions = deletions(store);
        var acme = scheduled(store, "t1", TIME);
        purged(store, acme, Duration.ofDays(1));

        assertThat(deletions.releaseNames()).isZero();
        assertThatThrownBy(() -> TenantStoreFixture.create(store, "t2", "slug-t1"))
                .isInstanceOf(TenantSlugConflictException.class);
        assertThatThrownBy(() -> TenantStoreFixture.create(store, "t1", "other"))
                .isInstanceOf(TenantSlugConflictException.class);
        assertThat(store.findByName("slug-t1")).isEmpty();
    }

    @Test
    default void LC_07_after_the_quarantine_the_slug_is_free_and_the_id_is_not() {
        var store = emptyStore();
        var deletions = deletions(store);
        purged(store, scheduled(store, "t1", TIME), Duration.ZERO);
        var named = store.save(TenantStoreFixture.tenant("globex", "globex"), TenantStore.NEW, List.of());
        purged(store, deleting(store, named, TIME), Duration.ZERO);

        assertThat(deletions.releaseNames()).isPositive();

        assertThat(TenantStoreFixture.create(store, "t2", "slug-t1").id()).isEqualTo(TenantId.of("t2"));
        assertThat(store.findByName("slug-t1").orElseThrow().id()).isEqualTo(TenantId.of("t2"));
        assertThatThrownBy(() -> TenantStoreFixture.create(store, "T1", "other"))
                .isInstanceOf(TenantSlugConflictException.class);
        assertThatThrownBy(() -> TenantStoreFixture.create(store, "t3", "globex"))
                .as("a slug that was its tenant's id")
                .isInstanceOf(TenantSlugConflictException.class);
    }

    @Test
    default void a_failed_tenant_that_is_removed_takes_its_slug_from_nobody() {
        var store = emptyStore();
        var acme = TenantStoreFixture.create(store, "t1", "slug-t1");
        var failed = store.save(TenantStoreFixture.moved(acme, TenantStatus.FAILED), 1, List.of());
        var rival = TenantStoreFixture.create(store, "t2", "slug-t1");

        purged(store, deleting(store, failed, TIME), Duration.ZERO);
        deletions(store).releaseNames();

        assertThat(store.findByName("slug-t1")).contains(rival);
    }

    @Test
    default void LC_09_a_removal_that_was_overtaken_erases_nothing() {
        var store = emptyStore();
        var late = begin(store, scheduled(store, "t1", TIME));
        store.journal().orElseThrow().renew(late, Duration.ZERO);
        var holder =
                store.journal().orElseThrow().takeOver(Duration.ofMinutes(1)).orElseThrow();

        assertThatThrownBy(() -> deletions(store).erase(late, Duration.ZERO))
                .isInstanceOf(TenantWriteFencedException.class);
        assertThat(deletions(store).erase(holder, Duration.ZERO)).isNotNull();
    }

    private static TenantDeletions deletions(TenantStore store) {
        return store.deletions().orElseThrow();
    }

    private static Tenant scheduled(TenantStore store, String id, Instant purgeAt) {
        return deleting(store, TenantStoreFixture.create(store, id, "slug-" + id), purgeAt);
    }

    private static Tenant deleting(TenantStore store, Tenant tenant, Instant purgeAt) {
        return deletions(store)
                .schedule(
                        TenantStoreFixture.moved(tenant, TenantStatus.DELETING),
                        tenant.version(),
                        List.of(),
                        new Terms("drop", purgeAt));
    }

    private static LifecycleRun begin(TenantStore store, Tenant tenant) {
        return store.journal()
                .orElseThrow()
                .begin(new RunOpening(
                        Uuid7.next(),
                        Kind.PURGE,
                        tenant,
                        tenant.version(),
                        List.of(),
                        Duration.ofMinutes(1),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static void purged(TenantStore store, Tenant tenant, Duration quarantine) {
        var run = begin(store, tenant);
        deletions(store).erase(run, quarantine);
        store.journal()
                .orElseThrow()
                .finish(run, TenantStoreFixture.moved(run.tenant(), TenantStatus.DELETED), List.of(), Map.of());
    }
}
