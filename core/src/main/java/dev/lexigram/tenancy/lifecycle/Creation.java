package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.stores.CreationKey;
import dev.lexigram.tenancy.stores.LifecycleJournal.KeyedCreation;
import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.stores.RunOpening;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantCapacityException;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Creates tenants: one for each id, slug and idempotency key, however often and from wherever it is asked for. A bounded
 * number goes on at once and a bounded number waits; whoever comes then is refused, so that a flood fills no memory.
 */
final class Creation {

    static final int AT_ONCE = 16;
    static final int WAITING = 128;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final LifecycleParts parts;
    private final Provisioning provisioning;
    private final Semaphore places = new Semaphore(AT_ONCE);

    Creation(LifecycleParts parts, Provisioning provisioning) {
        this.parts = parts;
        this.provisioning = provisioning;
    }

    Tenant create(CreateTenantCommand command) {
        var tenant = provisioning(command);
        var key = command.idempotencyKey().map(text -> new CreationKey(text, CommandDigest.of(command)));
        var earlier = key.flatMap(this::find);
        if (earlier.isPresent()) {
            return resultOf(earlier.get(), key.get());
        }
        takePlace();
        try {
            return provisioning.goOn(begin(tenant, TenantStore.NEW, key));
        } catch (TenantSlugConflictException taken) {
            var rival = key.flatMap(this::find).orElseThrow(() -> taken);
            return resultOf(rival, key.get());
        } finally {
            places.release();
        }
    }

    /** Tries again with a tenant that has failed. */
    Tenant retry(TenantId id) {
        var tenant = parts.store().findById(id).orElseThrow(() -> TenantNotFoundException.of(id));
        if (tenant.status() == TenantStatus.ACTIVE) {
            return tenant;
        }
        Transition.RETRY.check(tenant);
        takePlace();
        try {
            var again = tenant.withStatus(TenantStatus.PROVISIONING, null, parts.now());
            return provisioning.goOn(begin(again, tenant.version(), Optional.empty()));
        } finally {
            places.release();
        }
    }

    private LifecycleRun begin(Tenant tenant, long expectedVersion, Optional<CreationKey> key) {
        parts.reached().accept(CrashPoint.BEFORE_BEGIN);
        try {
            var run = parts.journal()
                    .begin(new RunOpening(
                            parts.ids().get(),
                            LifecycleRun.Kind.PROVISION,
                            tenant,
                            expectedVersion,
                            List.of(),
                            parts.config().runLease(),
                            key,
                            Optional.empty()));
            parts.reached().accept(CrashPoint.BEGUN);
            return run;
        } finally {
            parts.invalidated().accept(tenant.id());
        }
    }

    private Tenant provisioning(CreateTenantCommand command) {
        var strategy =
                parts.strategies().get(command.strategy().orElse(parts.config().isolationStrategy()));
        var now = parts.now();
        return new Tenant(
                command.id().orElseGet(() -> TenantId.of(parts.ids().get().toString())),
                command.slug(),
                command.name(),
                TenantStatus.PROVISIONING,
                null,
                command.plan().orElse(null),
                command.config(),
                command.metadata(),
                strategy.name(),
                now,
                now,
                1);
    }

    private Optional<KeyedCreation> find(CreationKey key) {
        return parts.journal().findCreation(key.key());
    }

    /** Waits for one that goes on, for as long as its node may be silent; then it is taken over, and ends soon. */
    private Tenant resultOf(KeyedCreation creation, CreationKey key) {
        if (!creation.digest().equals(key.digest())) {
            throw TenantConflictException.ofKey();
        }
        var end = System.nanoTime() + parts.config().runLease().toNanos();
        while (true) {
            var tenant = parts.store()
                    .findById(creation.tenant())
                    .orElseThrow(() -> TenantNotFoundException.of(creation.tenant()));
            if (tenant.status() == TenantStatus.FAILED) {
                throw TenantProvisioningException.ofEarlier(tenant.id());
            }
            if (tenant.status() != TenantStatus.PROVISIONING) {
                return tenant;
            }
            if (System.nanoTime() - end > 0 || !sleeps()) {
                throw TenantConflictException.ofUnfinished(tenant.id());
            }
        }
    }

    private void takePlace() {
        try {
            if (places.getQueueLength() < WAITING
                    && places.tryAcquire(parts.config().runLease().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw TenantCapacityException.of("Creating a tenant", AT_ONCE);
    }

    private static boolean sleeps() {
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
