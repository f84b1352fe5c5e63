package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** Somebody else changed the tenant first. */
public final class TenantConflictException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantConflictException(String message, @Nullable Throwable cause) {
        super(14, message, cause);
    }

    /** The version that was expected. */
    public static TenantConflictException of(TenantId id, long expectedVersion) {
        return new TenantConflictException(
                "Tenant '" + id + "' is no longer at version " + expectedVersion
                        + "; read it again and repeat the change.",
                null);
    }

    /** A key that was used for another request. */
    public static TenantConflictException ofKey() {
        return new TenantConflictException(
                "This idempotency key was used to create a tenant with other values; take a new key for a new request.",
                null);
    }

    /** A creation that goes on, so that it has no result yet. */
    public static TenantConflictException ofUnfinished(TenantId id) {
        return new TenantConflictException(
                "Tenant '" + id + "' is still being created; ask again with the same idempotency key.", null);
    }

    /** The version that a key of the tenant's configuration was expected to have. */
    public static TenantConflictException ofConfig(TenantId id, String key, long expectedVersion) {
        return new TenantConflictException(
                "Configuration key '" + key + "' of tenant '" + id + "' is no longer at version " + expectedVersion
                        + "; read it again and repeat the change.",
                null);
    }
}
