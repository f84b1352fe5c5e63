package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** A tenant's data cannot be confined as it must be. */
public final class TenantIsolationException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantIsolationException(String message, @Nullable Throwable cause) {
        super(15, message, cause);
    }

    /** What does not hold, and what to do. */
    public static TenantIsolationException of(String message) {
        return new TenantIsolationException(message, null);
    }

    /** What does not hold, what to do, and why. */
    public static TenantIsolationException of(String message, Throwable cause) {
        return new TenantIsolationException(message, cause);
    }
}
