package dev.lexigram.tenancy.enforcement;

import static dev.lexigram.tenancy.enforcement.Tenants.ACME;
import static dev.lexigram.tenancy.enforcement.Tenants.acme;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.resolution.ValidatorCacheConfig;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Look-ups that meet each other and invalidations. */
class TenantValidatorRaceTest {

    private static final int CROWD = 64;

    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ObservedStore store = new ObservedStore(acme());
    private final TenantValidator validator = validator(Duration.ofSeconds(30));

    @Test
    void CA_04_a_crowd_that_asks_for_one_reference_makes_one_look_up() {
        store.afterRead(this::waitAtTheGate);

        var crowd = Crowd.of(CROWD, () -> validator.find("tenant-a"));
        crowd.awaitAllWaiting();
        gate.countDown();

        assertThat(crowd.finish()).allSatisfy(task -> assertThat(task.get()).contains(acme()));
        assertThat(store.lookUpsById()).isEqualTo(1);
    }

    @Test
    void CA_04_without_the_guard_the_crowd_stampedes() {
        var naive = new NaiveLookUp(store, 10);
        store.afterRead(this::waitAtTheGate);

        var crowd = Crowd.of(CROWD, () -> naive.find("tenant-a"));
        crowd.awaitAllWaiting();
        gate.countDown();
        crowd.finish();

        assertThat(store.lookUpsById()).isEqualTo(CROWD);
    }

    @Test
    void CA_04_a_failure_reaches_the_whole_crowd_and_is_neither_kept_nor_taken_for_unknown() {
        store.afterRead(() -> {
            waitAtTheGate();
            throw new IllegalStateException("the store is down");
        });

        var crowd = Crowd.of(CROWD, () -> validator.find("tenant-a"));
        crowd.awaitAllWaiting();
        gate.countDown();

        assertThat(crowd.finish())
                .allSatisfy(task -> assertThatThrownBy(task::get).hasCauseInstanceOf(TenantUnavailableException.class));
        store.afterRead(() -> {});
        assertThat(validator.find("tenant-a")).contains(acme());
    }

    @Test
    void AZ_10_who_waits_too_long_for_another_is_refused() {
        var impatient = validator(Duration.ofNanos(1));
        store.afterRead(this::waitAtTheGate);
        var leader = Crowd.of(1, () -> impatient.find("acme"));
        Crowd.await(reading);

        assertThatThrownBy(() -> impatient.find("acme")).isInstanceOf(TenantUnavailableException.class);

        gate.countDown();
        assertThat(leader.finish()).allSatisfy(task -> assertThat(task.get()).contains(acme()));
    }

    @Test
    void who_is_interrupted_while_waiting_is_refused_and_stays_interrupted() {
        store.afterRead(this::waitAtTheGate);
        var leader = Crowd.of(1, () -> validator.find("acme"));
        Crowd.await(reading);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> validator.find("acme")).isInstanceOf(TenantUnavailableException.class);

        assertThat(Thread.interrupted()).isTrue();
        gate.countDown();
        leader.finish();
    }

    @Test
    void an_error_on_the_way_leaves_nobody_waiting_for_ever() {
        store.afterRead(() -> {
            throw new StackOverflowError();
        });
        assertThatThrownBy(() -> validator.find("acme")).isInstanceOf(StackOverflowError.class);

        store.afterRead(() -> {});
        assertThat(validator.find("acme")).contains(acme());
    }

    @Test
    void CA_06_what_was_read_before_an_invalidation_is_not_kept() {
        var old = readOldValueAcrossAnInvalidation(validator::find, () -> validator.invalidate(ACME));

        assertThat(old.map(Tenant::isActive)).contains(true);
        assertThat(validator.find("tenant-a").map(Tenant::status)).contains(TenantStatus.SUSPENDED);
    }

    @Test
    void CA_06_nor_before_everything_was_invalidated() {
        readOldValueAcrossAnInvalidation(validator::find, validator::invalidateAll);

        assertThat(validator.find("tenant-a").map(Tenant::status)).contains(TenantStatus.SUSPENDED);
    }

    @Test
    void CA_06_without_the_guard_the_old_value_survives() {
        var naive = new NaiveLookUp(store, 10);

        readOldValueAcrossAnInvalidation(naive::find, () -> naive.invalidate(ACME));

        assertThat(naive.find("tenant-a").map(Tenant::isActive)).contains(true);
    }

    @Test
    void CA_06_nobody_who_comes_after_an_invalidation_joins_a_look_up_from_before() {
        var first = new AtomicBoolean(true);
        store.afterRead(() -> {
            if (first.getAndSet(false)) {
                waitAtTheGate();
            }
        });
        var early = Crowd.of(1, () -> validator.find("tenant-a"));
        Crowd.await(reading);
        store.replace(Tenants.in(TenantStatus.SUSPENDED, acme()));
        validator.invalidate(ACME);

        // The early one still waits at the gate: joining it would never end.
        assertThat(validator.find("tenant-a").map(Tenant::status)).contains(TenantStatus.SUSPENDED);

        gate.countDown();
        early.finish();
        assertThat(validator.find("tenant-a").map(Tenant::status)).contains(TenantStatus.SUSPENDED);
    }

    private Optional<Tenant> readOldValueAcrossAnInvalidation(LookUp lookUp, Runnable invalidate) {
        store.afterRead(this::waitAtTheGate);
        var early = Crowd.of(1, () -> lookUp.find("tenant-a"));
        Crowd.await(reading);
        store.replace(Tenants.in(TenantStatus.SUSPENDED, acme()));
        invalidate.run();
        gate.countDown();
        try {
            return early.finish().get(0).get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }

    private void waitAtTheGate() {
        reading.countDown();
        Crowd.await(gate);
    }

    private TenantValidator validator(Duration patience) {
        return new TenantValidator(
                store, ValidatorCacheConfig.DEFAULTS, (since, now) -> true, new FakeTicker(), patience);
    }

    private interface LookUp {
        Optional<Tenant> find(String reference);
    }
}
