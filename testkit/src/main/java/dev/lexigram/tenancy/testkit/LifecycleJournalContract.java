package dev.lexigram.tenancy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.CreationKey;
import dev.lexigram.tenancy.stores.LifecycleJournal;
import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.stores.LifecycleRun.Kind;
import dev.lexigram.tenancy.stores.RunOpening;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantWriteFencedException;
import dev.lexigram.tenancy.tenant.Uuid7;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the journal of every store must do; a store that keeps one is tested by a class that implements this, too. */
public interface LifecycleJournalContract extends TenantStoreFixture {

    /** A lease that does not end during a test. */
    Duration LONG = Duration.ofMinutes(5);

    /** A lease that has ended when it begins. */
    Duration OVER = Duration.ZERO;

    @Test
    default void a_run_begins_with_its_tenant_and_ends_with_it() {
        var store = emptyStore();
        var journal = journal(store);

        var run = journal.begin(opening("acme", LONG));
        assertThat(store.findById(TenantId.of("acme"))).contains(run.tenant());
        assertThat(journal.isOpen(TenantId.of("acme"))).isTrue();
        var active = journal.finish(
                run,
                TenantStoreFixture.moved(run.tenant(), TenantStatus.ACTIVE),
                List.of(TenantStoreFixture.activated(run.tenant())),
                Map.of("said", "done"));

        assertThat(run.fence()).isEqualTo(1);
        assertThat(active.version()).isEqualTo(2);
        assertThat(store.findById(active.id())).contains(active);
        assertThat(storedEvents(store)).hasSize(1);
        assertThat(journal.isOpen(active.id())).isFalse();
        assertThat(journal.outcome(active.id(), Kind.PROVISION)).contains(Map.of("said", "done"));
        assertThat(journal.outcome(active.id(), Kind.PURGE)).isEmpty();
    }

    @Test
    default void what_is_refused_with_the_tenant_is_not_begun() {
        var store = emptyStore();
        var journal = journal(store);
        TenantStoreFixture.create(store, "acme", "acme");

        assertThatThrownBy(() -> journal.begin(opening("acme", LONG))).isInstanceOf(TenantSlugConflictException.class);
        assertThatThrownBy(() ->
                        journal.begin(opening(TenantStoreFixture.tenant("acme", "acme"), 7, LONG, Optional.empty())))
                .isInstanceOf(TenantConflictException.class);

        assertThat(journal.isOpen(TenantId.of("acme"))).isFalse();
    }

    @Test
    default void a_tenant_has_one_open_run() {
        var store = emptyStore();
        var journal = journal(store);
        var run = journal.begin(opening("acme", LONG));

        assertThatThrownBy(() -> journal.begin(opening(run.tenant(), 1, LONG, Optional.empty())))
                .isInstanceOf(TenantStateException.class)
                .hasMessageContaining("unfinished");

        assertThat(store.findById(run.tenant().id())).as("the change went, too").contains(run.tenant());
        journal.finish(run, run.tenant(), List.of(), Map.of());
        assertThat(journal.begin(opening(run.tenant(), 2, LONG, Optional.empty()))
                        .fence())
                .isEqualTo(1);
    }

    @Test
    default void only_a_run_whose_lease_has_ended_is_taken_over_with_all_that_is_known_of_it() {
        var store = emptyStore();
        var journal = journal(store);
        journal.begin(opening("busy", LONG));
        var left = journal.begin(opening("left", LONG));
        Map<String, Object> found = Map.of("rows", List.of(Map.of("name", "a", "count", 3)));
        journal.stepDone(left, "one", found, LONG);
        journal.stepDone(left, "two", Map.of(), LONG);
        journal.stepDone(left, "three", Map.of(), LONG);
        journal.stepUndone(left, "three", OVER);

        var taken = journal.takeOver(LONG).orElseThrow();

        assertThat(taken.id()).isEqualTo(left.id());
        assertThat(taken.tenant()).isEqualTo(left.tenant());
        assertThat(taken.fence()).isEqualTo(2);
        assertThat(taken.undoing()).isFalse();
        assertThat(taken.done()).containsOnlyKeys("one", "two").containsEntry("one", found);
        assertThat(List.copyOf(taken.done().keySet())).containsExactly("one", "two");
        assertThat(journal.takeOver(LONG)).as("it is held again").isEmpty();
    }

    @Test
    default void a_run_that_was_turned_back_stays_so() {
        var store = emptyStore();
        var journal = journal(store);
        var run = journal.begin(opening("acme", LONG));

        journal.turnBack(run, OVER);

        assertThat(journal.takeOver(LONG).orElseThrow().undoing()).isTrue();
    }

    @Test
    default void LC_09_a_holder_that_was_overtaken_writes_nothing_more() {
        var store = emptyStore();
        var journal = journal(store);
        var late = journal.begin(opening("acme", OVER));
        var holder = journal.takeOver(OVER).orElseThrow();
        var active = TenantStoreFixture.moved(late.tenant(), TenantStatus.ACTIVE);

        for (var write : writes(journal, late, active)) {
            assertThatThrownBy(write::run).isInstanceOf(TenantWriteFencedException.class);
        }
        assertThat(store.findById(late.tenant().id())).contains(late.tenant());
        var known = journal.takeOver(LONG).orElseThrow();
        assertThat(known.done()).isEmpty();
        assertThat(known.undoing()).isFalse();
        assertThat(known.fence())
                .as("control: with its number the same writes pass")
                .isEqualTo(3);
        for (var write : writes(journal, known, active)) {
            write.run();
        }

        assertThat(store.findById(active.id()).orElseThrow().status()).isEqualTo(TenantStatus.ACTIVE);
        assertThatThrownBy(() -> journal.finish(holder, active, List.of(), Map.of()))
                .as("nor after the end")
                .isInstanceOf(TenantWriteFencedException.class);
    }

    private static List<Runnable> writes(LifecycleJournal journal, LifecycleRun run, Tenant tenant) {
        return List.of(
                () -> journal.renew(run, LONG),
                () -> journal.stepDone(run, "one", Map.of(), LONG),
                () -> journal.stepUndone(run, "one", LONG),
                () -> journal.turnBack(run, LONG),
                () -> journal.finish(run, tenant, List.of(), Map.of()));
    }

    @Test
    default void a_lease_that_is_renewed_does_not_end() {
        var store = emptyStore();
        var journal = journal(store);
        var run = journal.begin(opening("acme", OVER));

        journal.renew(run, LONG);

        assertThat(journal.takeOver(LONG)).isEmpty();
    }

    @Test
    default void LC_02_of_eight_that_take_over_one_run_exactly_one_has_it() {
        var store = emptyStore();
        var journal = journal(store);
        journal.begin(opening("acme", OVER));

        var outcomes = TenantStoreFixture.race(8, () -> journal.takeOver(LONG));

        assertThat(outcomes).filteredOn(Optional.empty()::equals).hasSize(7);
    }

    @Test
    default void LC_03_a_key_leads_to_the_creation_that_had_it_first() {
        var store = emptyStore();
        var journal = journal(store);
        var key = Optional.of(new CreationKey("k1", "digest"));

        journal.begin(opening(TenantStoreFixture.tenant("acme", "acme"), TenantStore.NEW, LONG, key));

        assertThat(journal.findCreation("k1")).get().satisfies(creation -> {
            assertThat(creation.tenant()).isEqualTo(TenantId.of("acme"));
            assertThat(creation.digest()).isEqualTo("digest");
        });
        assertThat(journal.findCreation("K1")).isEmpty();
        assertThatThrownBy(() -> journal.begin(
                        opening(TenantStoreFixture.tenant("globex", "globex"), TenantStore.NEW, LONG, key)))
                .isInstanceOf(TenantSlugConflictException.class);
        assertThat(store.findById(TenantId.of("globex"))).isEmpty();
    }

    private static LifecycleJournal journal(TenantStore store) {
        return store.journal().orElseThrow();
    }

    private static RunOpening opening(String id, Duration lease) {
        return opening(TenantStoreFixture.tenant(id, id), TenantStore.NEW, lease, Optional.empty());
    }

    private static RunOpening opening(Tenant tenant, long expectedVersion, Duration lease, Optional<CreationKey> key) {
        return new RunOpening(
                Uuid7.next(),
                Kind.PROVISION,
                TenantStoreFixture.moved(tenant, TenantStatus.PROVISIONING),
                expectedVersion,
                List.of(),
                lease,
                key,
                Optional.empty());
    }
}
