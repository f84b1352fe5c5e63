package dev.lexigram.tenancy.hibernate;

import dev.lexigram.tenancy.context.TenantContext;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/**
 * Whose a session is that is opened now: the current tenant's, as the text of its id, which is also the value of a
 * {@code @TenantId}.
 *
 * <p>Without a tenant a session is nobody's. It can be opened, since frameworks do so when they start, and reads what is
 * shared; no row can be its own, as the tenant column is never empty. No session sees all tenants. Stateless.
 */
public final class TenantIdentifierResolver implements CurrentTenantIdentifierResolver<String> {

    /** Nobody: what no tenant is called and no row may carry, and what PostgreSQL reads as an unset setting. */
    static final String NOBODY = "";

    @Override
    public String resolveCurrentTenantIdentifier() {
        return TenantContext.current().map(tenant -> tenant.id().value()).orElse(NOBODY);
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }

    /** Never: a session that sees all tenants would have Hibernate's own filters switched off. */
    @Override
    public boolean isRoot(String tenantId) {
        return false;
    }
}
