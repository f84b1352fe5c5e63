package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.stores.RunOpening;
import dev.lexigram.tenancy.stores.TenantDeletions.Terms;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantDeletionScheduled;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Ends tenants: access at once, data after the grace. */
final class Offboarding {

    private final LifecycleParts parts;
    private final Purge purge;

    Offboarding(LifecycleParts parts, Purge purge) {
        this.parts = parts;
        this.purge = purge;
    }

    /** One try of a compare-and-set. A tenant that was never served goes at once. */
    Tenant delete(Tenant tenant, DeprovisionPolicy policy) {
        if (tenant.status() == TenantStatus.DELETING) {
            checkSame(tenant, policy);
            return tenant;
        }
        Transition.DELETE.check(tenant);
        checkPossible(tenant, policy);
        var now = parts.now();
        var failed = tenant.status() == TenantStatus.FAILED;
        var today = parts.deletions().now().truncatedTo(ChronoUnit.MICROS);
        var terms = new Terms(
                policy.wireName(), failed ? today : today.plus(parts.config().deleteGrace()));
        var deleting = tenant.withStatus(TenantStatus.DELETING, null, now);
        List<TenantEvent> events = List.of(new TenantDeletionScheduled(
                parts.ids().get(), tenant.id(), 0, now, parts.actor(), terms.policy(), terms.purgeAt()));
        return failed
                ? purge.goOn(begin(deleting, tenant.version(), events, Optional.of(terms)))
                : schedule(deleting, tenant.version(), events, terms);
    }

    /** @return what was found and removed, also if it was removed before */
    EraseReport purge(TenantId id, Optional<String> beforeGrace) {
        var tenant = parts.store().findById(id).orElseThrow(() -> TenantNotFoundException.of(id));
        if (tenant.status() == TenantStatus.DELETED) {
            return purge.report(id).orElseThrow();
        }
        Transition.PURGED.check(tenant);
        if (beforeGrace.isEmpty()) {
            checkDue(id);
        }
        var again = tenant.withStatus(TenantStatus.DELETING, beforeGrace.orElse(null), parts.now());
        purge.goOn(begin(again, tenant.version(), List.of(), Optional.empty()));
        return purge.report(id).orElseThrow();
    }

    private Tenant schedule(Tenant deleting, long version, List<TenantEvent> events, Terms terms) {
        try {
            var saved = parts.deletions().schedule(deleting, version, events, terms);
            parts.reached().accept(CrashPoint.DELETION_SCHEDULED);
            return saved;
        } finally {
            parts.invalidated().accept(deleting.id()); // after a failure too: it may have been stored
        }
    }

    private LifecycleRun begin(Tenant tenant, long version, List<TenantEvent> events, Optional<Terms> terms) {
        try {
            var run = parts.journal()
                    .begin(new RunOpening(
                            parts.ids().get(),
                            LifecycleRun.Kind.PURGE,
                            tenant,
                            version,
                            events,
                            parts.config().runLease(),
                            Optional.empty(),
                            terms));
            parts.reached().accept(CrashPoint.PURGE_BEGUN);
            return run;
        } finally {
            parts.invalidated().accept(tenant.id());
        }
    }

    private void checkSame(Tenant tenant, DeprovisionPolicy policy) {
        var agreed = parts.deletions().terms(tenant.id()).map(Terms::policy).orElse(policy.wireName());
        if (!agreed.equals(policy.wireName())) {
            throw TenantStateException.of(
                    tenant.id(),
                    "is being deleted with policy " + agreed + " already",
                    "cancel that deletion first to choose another policy");
        }
    }

    private void checkPossible(Tenant tenant, DeprovisionPolicy policy) {
        var strategy = parts.strategies().get(tenant.strategy());
        if (!strategy.policies().contains(policy)) {
            throw TenantIsolationException.of("Tenant '" + tenant.id() + "' was not deleted: isolation strategy '"
                    + strategy.name() + "' cannot " + policy.wireName() + " its data; use one of "
                    + strategy.policies().stream()
                            .map(DeprovisionPolicy::wireName)
                            .sorted()
                            .toList()
                    + ", as lifecycle.deprovision_policy or as the policy of this deletion.");
        }
    }

    private void checkDue(TenantId id) {
        var purgeAt = parts.deletions().terms(id).map(Terms::purgeAt).orElse(Instant.MAX);
        if (parts.deletions().now().isBefore(purgeAt)) {
            throw TenantStateException.of(
                    id,
                    "can be had back until " + purgeAt,
                    "wait until then, or call purgeBeforeGrace with the reason to remove it now");
        }
    }
}
