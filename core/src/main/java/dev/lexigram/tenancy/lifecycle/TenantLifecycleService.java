package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantActivated;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantDeactivated;
import dev.lexigram.tenancy.tenant.TenantDeletionCancelled;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantSuspended;
import dev.lexigram.tenancy.tenant.TenantUpdated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of a tenant's status. Every change is a compare-and-set that is stored together with its event; then
 * the caches drop the tenant.
 *
 * <p>Safe for use by many threads and nodes: a change that meets another one reads again and decides again, a bounded
 * number of times. Asking for the present status changes nothing. After a {@code TenantUnavailableException} the change
 * may have been stored or not; asking again settles it.
 */
public final class TenantLifecycleService implements TenantProvider {

    private static final int ATTEMPTS = 10;
    private static final int PAGE = 1000;
    private static final Set<TenantStatus> NOT_AMENDABLE =
            EnumSet.of(TenantStatus.PROVISIONING, TenantStatus.DELETING, TenantStatus.DELETED);

    private final LifecycleParts parts;
    private final TenantStore store;
    private final Creation creation;
    private final Offboarding offboarding;
    private final Purge purge;
    private final RecoveryJob recovery;

    public TenantLifecycleService(LifecycleParts parts) {
        this.parts = parts;
        this.store = parts.store();
        var heartbeat = new Heartbeat(parts.config().runLease());
        var provisioning = new Provisioning(parts, heartbeat);
        this.creation = new Creation(parts, provisioning);
        this.purge = new Purge(parts, heartbeat);
        this.offboarding = new Offboarding(parts, purge);
        this.recovery = new RecoveryJob(parts, provisioning, purge, offboarding);
    }

    @Override
    public Optional<Tenant> getTenant(TenantId id) {
        return store.findById(id);
    }

    @Override
    public Optional<Tenant> getTenantBySlug(Slug slug) {
        return store.findByName(slug.value());
    }

    @Override
    public List<Tenant> listTenants(boolean activeOnly) {
        var query = TenantQuery.FIRST.withLimit(PAGE);
        if (activeOnly) {
            query = query.withStatus(TenantStatus.ACTIVE);
        }
        var tenants = new ArrayList<Tenant>();
        var page = store.page(query);
        tenants.addAll(page.tenants());
        while (page.next().isPresent()) {
            page = store.page(query.withAfter(page.next().get()));
            tenants.addAll(page.tenants());
        }
        return List.copyOf(tenants);
    }

    @Override
    public TenantPage listTenants(TenantQuery query) {
        return store.page(query);
    }

    @Override
    public Tenant createTenant(CreateTenantCommand command) {
        return creation.create(command);
    }

    @Override
    public Tenant retryProvisioning(TenantId id) {
        return creation.retry(id);
    }

    @Override
    public Tenant updateTenant(TenantId id, UpdateTenantCommand command) {
        return command.expectedVersion().isPresent()
                ? update(find(id), command)
                : retrying(id, tenant -> update(tenant, command));
    }

    @Override
    public Tenant activateTenant(TenantId id) {
        return change(
                id,
                Transition.ACTIVATE,
                null,
                (tenant, now) -> new TenantActivated(parts.ids().get(), tenant.id(), 0, now, parts.actor()));
    }

    @Override
    public Tenant deactivateTenant(TenantId id) {
        return change(
                id,
                Transition.DEACTIVATE,
                null,
                (tenant, now) -> new TenantDeactivated(parts.ids().get(), tenant.id(), 0, now, parts.actor()));
    }

    /**
     * Stops serving an active tenant for a reason; everything is kept. Suspended already: a new reason is stored.
     */
    @Override
    public Tenant suspendTenant(TenantId id, String reason) {
        return change(
                id,
                Transition.SUSPEND,
                reason,
                (tenant, now) -> tenant.status() == TenantStatus.SUSPENDED
                        ? new TenantUpdated(
                                parts.ids().get(), tenant.id(), 0, now, parts.actor(), Set.of("statusReason"))
                        : new TenantSuspended(parts.ids().get(), tenant.id(), 0, now, parts.actor(), reason));
    }

    @Override
    public Tenant deleteTenant(TenantId id) {
        return deleteTenant(id, parts.config().deprovisionPolicy());
    }

    @Override
    public Tenant deleteTenant(TenantId id, DeprovisionPolicy policy) {
        return retrying(id, tenant -> offboarding.delete(tenant, policy));
    }

    @Override
    public Tenant cancelDeletion(TenantId id) {
        return retrying(id, tenant -> {
            if (tenant.status() == TenantStatus.INACTIVE) {
                return tenant;
            }
            Transition.CANCEL_DELETION.check(tenant);
            if (parts.journal().isOpen(id)) {
                throw TenantStateException.of(id, "is being removed already", "restore it from a backup");
            }
            var now = parts.now();
            var event = new TenantDeletionCancelled(parts.ids().get(), id, 0, now, parts.actor());
            return save(tenant.withStatus(TenantStatus.INACTIVE, null, now), tenant.version(), List.of(event));
        });
    }

    @Override
    public EraseReport purge(TenantId id) {
        return offboarding.purge(id, Optional.empty());
    }

    @Override
    public EraseReport purgeBeforeGrace(TenantId id, String reason) {
        return offboarding.purge(id, Optional.of(reason));
    }

    @Override
    public Optional<EraseReport> eraseReport(TenantId id) {
        return purge.report(id);
    }

    @Override
    public void placeLegalHold(TenantId id, String reason) {
        parts.deletions().hold(id, reason);
    }

    @Override
    public void releaseLegalHold(TenantId id) {
        parts.deletions().release(id);
    }

    /**
     * Ends what other nodes have left unfinished, removes tenants whose grace has ended, and gives back names whose
     * quarantine is over. To be called at start and every few seconds, on as many nodes as there are.
     *
     * @return an outcome for each tenant that was worked on; a failure of one keeps no other from its end
     * @throws dev.lexigram.tenancy.tenant.TenantUnavailableException if the store does not answer
     */
    public List<Recovery> recover() {
        return recovery.run();
    }

    private Tenant update(Tenant tenant, UpdateTenantCommand command) {
        if (command.expectedVersion().orElse(tenant.version()) != tenant.version()) {
            throw TenantConflictException.of(
                    tenant.id(), command.expectedVersion().getAsLong());
        }
        if (NOT_AMENDABLE.contains(tenant.status())) {
            throw TenantStateException.of(
                    tenant.id(), "is " + tenant.status().wireName(), "it cannot be changed before that has ended");
        }
        var now = parts.now();
        var updated = command.applyTo(tenant, now);
        var fields = UpdateTenantCommand.changed(tenant, updated);
        if (fields.isEmpty()) {
            return tenant;
        }
        var event = new TenantUpdated(parts.ids().get(), tenant.id(), 0, now, parts.actor(), fields);
        return save(updated, tenant.version(), List.of(event));
    }

    private Tenant change(TenantId id, Transition move, @Nullable String reason, Fact fact) {
        return retrying(id, tenant -> {
            if (tenant.status() == move.to() && (reason == null || reason.equals(tenant.statusReason()))) {
                return tenant;
            }
            if (tenant.status() != move.to()) {
                move.check(tenant);
            }
            var now = parts.now();
            return save(tenant.withStatus(move.to(), reason, now), tenant.version(), List.of(fact.of(tenant, now)));
        });
    }

    /** A change that another one overtook is decided again on what is there now. */
    private Tenant retrying(TenantId id, UnaryOperator<Tenant> change) {
        for (var attempt = 1; ; attempt++) {
            var tenant = find(id);
            try {
                return change.apply(tenant);
            } catch (TenantConflictException overtaken) {
                if (attempt == ATTEMPTS) {
                    throw overtaken;
                }
            }
        }
    }

    private Tenant find(TenantId id) {
        return store.findById(id).orElseThrow(() -> TenantNotFoundException.of(id));
    }

    private Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
        try {
            return store.save(tenant, expectedVersion, events);
        } finally {
            parts.invalidated().accept(tenant.id()); // after a failure too: it may have been stored
        }
    }

    private interface Fact {
        TenantEvent of(Tenant tenant, Instant now);
    }
}
