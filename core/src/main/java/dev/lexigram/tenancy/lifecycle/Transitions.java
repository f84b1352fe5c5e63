package dev.lexigram.tenancy.lifecycle;

import static dev.lexigram.tenancy.tenant.TenantStatus.ACTIVE;
import static dev.lexigram.tenancy.tenant.TenantStatus.INACTIVE;
import static dev.lexigram.tenancy.tenant.TenantStatus.SUSPENDED;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.Set;

/** Which status an operator may ask for next. Creation moves a tenant out of PROVISIONING by itself. */
final class Transitions {

    private Transitions() {}

    static Set<TenantStatus> next(TenantStatus status) {
        return switch (status) {
            case ACTIVE -> Set.of(SUSPENDED, INACTIVE);
            case SUSPENDED -> Set.of(ACTIVE, INACTIVE);
            case INACTIVE -> Set.of(ACTIVE);
            case PROVISIONING, FAILED, DELETING, DELETED -> Set.of();
        };
    }

    /** @throws TenantStateException naming what is legal, if this move is not */
    static void check(Tenant tenant, TenantStatus to) {
        var legal = next(tenant.status());
        if (!legal.contains(to)) {
            throw TenantStateException.of(tenant.id(), tenant.status(), to, legal);
        }
    }
}
