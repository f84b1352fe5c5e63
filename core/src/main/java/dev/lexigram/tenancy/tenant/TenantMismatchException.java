package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** What belongs to one tenant, a connection or a value, was used under another, or under none. */
public final class TenantMismatchException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantMismatchException(String message, @Nullable Throwable cause) {
        super(11, message, cause);
    }

    /** The tenant that was captured and the one that is current; null stands for none. */
    public static TenantMismatchException of(@Nullable Tenant captured, @Nullable Tenant current) {
        return new TenantMismatchException(
                "A connection borrowed " + describe(captured) + " was used " + describe(current)
                        + "; borrow and return it within one tenant. It has been closed.",
                null);
    }

    /** The setting that binds a transaction was changed by a statement of the transaction; null stands for none. */
    public static TenantMismatchException tampered(@Nullable Tenant captured) {
        var whose = captured == null ? "without a tenant" : "of tenant '" + captured.id() + "'";
        return new TenantMismatchException(
                "The binding of a transaction " + whose
                        + " was changed by one of its statements; it has been rolled back and its connection closed.",
                null);
    }

    /** Something that was put aside by another tenant was taken up by this one. */
    public static TenantMismatchException ofValue(Tenant current) {
        return new TenantMismatchException(
                "Tenant '" + current.id() + "' has taken up a value that another tenant had put aside; store each"
                        + " tenant's values under keys of its own.",
                null);
    }

    private static String describe(@Nullable Tenant tenant) {
        return tenant == null ? "without a tenant" : "under tenant '" + tenant.id() + "'";
    }
}
