package dev.lexigram.tenancy.lifecycle;

import static dev.lexigram.tenancy.tenant.TenantStatus.ACTIVE;
import static dev.lexigram.tenancy.tenant.TenantStatus.DELETED;
import static dev.lexigram.tenancy.tenant.TenantStatus.DELETING;
import static dev.lexigram.tenancy.tenant.TenantStatus.FAILED;
import static dev.lexigram.tenancy.tenant.TenantStatus.INACTIVE;
import static dev.lexigram.tenancy.tenant.TenantStatus.PROVISIONING;
import static dev.lexigram.tenancy.tenant.TenantStatus.SUSPENDED;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.EnumSet;
import java.util.Set;

/** Every move of a tenant's status that there is. The first two and the last are the outcome of a run. */
enum Transition {
    PROVISIONED(ACTIVE, PROVISIONING),
    GIVEN_UP(FAILED, PROVISIONING),
    RETRY(PROVISIONING, FAILED),
    ACTIVATE(ACTIVE, SUSPENDED, INACTIVE),
    SUSPEND(SUSPENDED, ACTIVE),
    DEACTIVATE(INACTIVE, ACTIVE, SUSPENDED),
    DELETE(DELETING, ACTIVE, SUSPENDED, INACTIVE, FAILED),
    CANCEL_DELETION(INACTIVE, DELETING),
    PURGED(DELETED, DELETING);

    private static final Set<Transition> ASKED_FOR =
            EnumSet.of(RETRY, ACTIVATE, SUSPEND, DEACTIVATE, DELETE, CANCEL_DELETION);

    private final TenantStatus to;
    private final Set<TenantStatus> from;

    Transition(TenantStatus to, TenantStatus first, TenantStatus... others) {
        this.to = to;
        this.from = EnumSet.of(first, others);
    }

    TenantStatus to() {
        return to;
    }

    /** @throws TenantStateException naming what is legal, if the tenant cannot make this move */
    void check(Tenant tenant) {
        if (!from.contains(tenant.status())) {
            throw TenantStateException.of(tenant.id(), tenant.status(), to, askedFrom(tenant.status()));
        }
    }

    /** Where a tenant in this status can be asked to go. */
    static Set<TenantStatus> askedFrom(TenantStatus status) {
        var targets = EnumSet.noneOf(TenantStatus.class);
        ASKED_FOR.stream().filter(move -> move.from.contains(status)).forEach(move -> targets.add(move.to));
        return targets;
    }
}
