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

    /** A session of an object-relational mapper: the id it was opened under and the current one; empty for none. */
    public static TenantMismatchException ofSession(String opened, String current) {
        return new TenantMismatchException(
                "A session opened " + describe(opened) + " was used " + describe(current)
                        + "; open and close a session within one tenant.",
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
        return describe(tenant == null ? "" : tenant.id().value());
    }

    private static String describe(String id) {
        return id.isEmpty() ? "without a tenant" : "under tenant '" + id + "'";
    }
}
