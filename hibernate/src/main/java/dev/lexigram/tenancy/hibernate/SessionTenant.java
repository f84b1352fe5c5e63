package dev.lexigram.tenancy.hibernate;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** The one comparison: a session works for the tenant it was opened under, and for no other. */
final class SessionTenant {

    private SessionTenant() {}

    /** @throws TenantMismatchException if another tenant is current, or none */
    static void require(SharedSessionContractImplementor session) {
        require(session.getTenantIdentifier());
    }

    /** @throws TenantMismatchException if this is not the current tenant's id */
    static void require(@Nullable String opened) {
        var current =
                TenantContext.current().map(tenant -> tenant.id().value()).orElse(TenantIdentifierResolver.NOBODY);
        if (!current.equals(opened)) {
            throw TenantMismatchException.ofSession(opened == null ? TenantIdentifierResolver.NOBODY : opened, current);
        }
    }
}
