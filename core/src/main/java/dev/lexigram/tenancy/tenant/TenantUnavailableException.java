package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** Something needed for a decision cannot be asked now; nothing was decided in favour. */
public final class TenantUnavailableException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantUnavailableException(String message, @Nullable Throwable cause) {
        super(17, message, cause);
    }

    /** What is unavailable, and why. */
    public static TenantUnavailableException of(String what, Throwable cause) {
        return new TenantUnavailableException(what + " is unavailable; try again later.", cause);
    }
}
