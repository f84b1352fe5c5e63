package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** The tenant exists and is not active. */
public final class TenantInactiveException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantInactiveException(String message, @Nullable Throwable cause) {
        super(3, message, cause);
    }

    /** A tenant in any other status than active. */
    public static TenantInactiveException of(Tenant tenant) {
        return new TenantInactiveException(
                "Tenant '" + tenant.id() + "' is " + tenant.status().wireName() + "; activate it to serve it.", null);
    }

    /** The database itself refused the current tenant, as it is not active. */
    public static TenantInactiveException toldByDatabase(Throwable cause) {
        return new TenantInactiveException(
                "The database refused the tenant, as it is not active; activate it to serve it.", cause);
    }
}
