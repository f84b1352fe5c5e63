package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** Work that needs a tenant ran without one. */
public final class TenantRequiredException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantRequiredException(String message, @Nullable Throwable cause) {
        super(10, message, cause);
    }

    /** What was attempted without a tenant. */
    public static TenantRequiredException of(String what) {
        return new TenantRequiredException(
                what
                        + " needs a tenant and none is bound; enter one with TenantContext.callAs, or let the filter bind it.",
                null);
    }

    /** The database refused a statement because no tenant was bound to its transaction. */
    public static TenantRequiredException of(String what, Throwable cause) {
        return new TenantRequiredException(
                what
                        + " needs a tenant and none is bound; enter one with TenantContext.callAs, or let the filter bind it.",
                cause);
    }
}
