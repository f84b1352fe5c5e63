package dev.lexigram.tenancy.context;

import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.io.Serializable;
import java.util.Objects;

/**
 * A value that belongs to one tenant, for what is put aside and taken up again later: in a session, a queue, a cache.
 * The tenant's id is stored with it, and only that tenant gets the value.
 *
 * <p>It tells whose the value is, not who has written it: keep the store itself out of reach of clients. Immutable; safe
 * for use by many threads if the value is.
 */
public record TenantBound<T extends Serializable>(TenantId tenantId, T value) implements Serializable {

    private static final long serialVersionUID = 1L;

    public TenantBound {
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(value, "value");
    }

    /**
     * The value as one of the current tenant.
     *
     * @throws TenantRequiredException when none is bound
     */
    public static <T extends Serializable> TenantBound<T> of(T value) {
        return new TenantBound<>(TenantContext.require().id(), value);
    }

    /**
     * The value, for the tenant whose it is.
     *
     * @throws TenantMismatchException under another tenant
     * @throws TenantRequiredException when none is bound
     */
    @Override
    public T value() {
        var current = TenantContext.require();
        if (!current.id().equals(tenantId)) {
            throw TenantMismatchException.ofValue(current);
        }
        return value;
    }

    /** Names the tenant and not the value. */
    @Override
    public String toString() {
        return "TenantBound[" + tenantId + "]";
    }
}
