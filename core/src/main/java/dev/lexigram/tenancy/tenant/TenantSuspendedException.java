package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** The tenant is suspended. */
public final class TenantSuspendedException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantSuspendedException(String message, @Nullable Throwable cause) {
        super(8, message, cause);
    }

    /** A suspended tenant, with the time and the reason. */
    public static TenantSuspendedException of(Tenant tenant) {
        return new TenantSuspendedException(
                "Tenant '" + tenant.id() + "' is suspended since " + tenant.updatedAt() + " (" + tenant.statusReason()
                        + "); activate it to serve it again.",
                null);
    }
}
