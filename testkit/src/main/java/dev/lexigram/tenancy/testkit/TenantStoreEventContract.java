package dev.lexigram.tenancy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantConfigChanged;
import dev.lexigram.tenancy.tenant.TenantDeactivated;
import dev.lexigram.tenancy.tenant.TenantDeleted;
import dev.lexigram.tenancy.tenant.TenantDeletionCancelled;
import dev.lexigram.tenancy.tenant.TenantDeletionScheduled;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantProvisioned;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantSuspended;
import dev.lexigram.tenancy.tenant.TenantUpdated;
import dev.lexigram.tenancy.tenant.Uuid7;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A change and its events are stored together, and events have gapless numbers per tenant. */
interface TenantStoreEventContract extends TenantStoreFixture {

    @Test
    default void every_kind_of_event_comes_back_as_it_was_saved() {
        var store = emptyStore();
        var tenant = TenantStoreFixture.tenant("acme", "acme");
        var id = tenant.id();
        var events = List.of(
                new TenantProvisioned(Uuid7.next(), id, 0, TIME, "ada", tenant.slug(), "gold"),
                new TenantProvisioned(Uuid7.next(), id, 0, TIME, "ada", tenant.slug(), null),
                TenantStoreFixture.activated(tenant),
                new TenantSuspended(Uuid7.next(), id, 0, TIME, "system", "unpaid; '\"--"),
                new TenantDeactivated(Uuid7.next(), id, 0, TIME, "ada"),
                new TenantUpdated(Uuid7.next(), id, 0, TIME, "ada", Set.of("name", "plan")),
                new TenantDeletionScheduled(Uuid7.next(), id, 0, TIME, "ada", "drop", TIME.plusSeconds(1)),
                new TenantDeletionCancelled(Uuid7.next(), id, 0, TIME, "ada"),
                new TenantDeleted(Uuid7.next(), id, 0, TIME, "ada"),
                new TenantConfigChanged(Uuid7.next(), id, 0, TIME, "ada", "theme", null, "dark", 1),
                new TenantConfigChanged(Uuid7.next(), id, 0, TIME, "ada", "limits", List.of(7L), null, 2));

        store.save(tenant, TenantStore.NEW, events);

        assertThat(storedEvents(store))
                .isEqualTo(IntStream.range(0, events.size())
                        .mapToObj(index -> events.get(index).withSequence(index + 1L))
                        .toList());
    }

    @Test
    default void sequences_have_no_gap_and_belong_to_one_tenant() {
        var store = emptyStore();
        var acme = TenantStoreFixture.create(store, "acme", "acme");
        var globex = TenantStoreFixture.create(store, "globex", "globex");

        for (var version = 1; version <= 3; version++) {
            store.save(acme, version, List.of(TenantStoreFixture.activated(acme), TenantStoreFixture.activated(acme)));
            store.save(globex, version, List.of(TenantStoreFixture.activated(globex)));
        }

        assertThat(sequences(store, "acme")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(sequences(store, "globex")).containsExactly(1L, 2L, 3L);
    }

    @Test
    default void a_refused_tenant_leaves_no_event_and_no_gap() {
        var store = emptyStore();
        var acme = TenantStoreFixture.create(store, "acme", "acme");
        var second = TenantStoreFixture.tenant("t2", "acme");

        assertThatThrownBy(() -> store.save(second, TenantStore.NEW, List.of(TenantStoreFixture.activated(second))))
                .isInstanceOf(TenantSlugConflictException.class);
        store.save(acme, 1, List.of(TenantStoreFixture.activated(acme)));

        assertThat(storedEvents(store)).hasSize(1);
        assertThat(sequences(store, "acme")).containsExactly(1L);
    }

    @Test
    default void a_refused_event_leaves_no_change_and_no_gap() {
        var store = emptyStore();
        var acme = TenantStoreFixture.create(store, "acme", "acme");
        var globex = TenantStoreFixture.create(store, "globex", "globex");
        var known = TenantStoreFixture.activated(acme);
        var stored = store.save(acme, 1, List.of(known));
        var inactive = TenantStoreFixture.moved(acme, TenantStatus.INACTIVE);

        for (var refused : List.of(
                List.of(TenantStoreFixture.activated(acme), known),
                List.of(TenantStoreFixture.activated(acme), TenantStoreFixture.activated(globex)),
                twice(TenantStoreFixture.activated(acme)))) {
            assertThatThrownBy(() -> store.save(inactive, 2, refused)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.findById(acme.id())).contains(stored);
        store.save(acme, 2, List.of(TenantStoreFixture.activated(acme)));

        assertThat(sequences(store, "acme")).containsExactly(1L, 2L);
        assertThat(sequences(store, "globex")).isEmpty();
    }

    private static List<TenantEvent> twice(TenantEvent event) {
        return List.of(event, event);
    }

    private List<Long> sequences(TenantStore store, String id) {
        return storedEvents(store).stream()
                .filter(event -> event.tenantId().value().equals(id))
                .map(TenantEvent::sequence)
                .toList();
    }
}
