package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** A slug or id is already taken. */
public final class TenantSlugConflictException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantSlugConflictException(String message, @Nullable Throwable cause) {
        super(7, message, cause);
    }

    /** The name that is taken, as a slug or as an id. */
    public static TenantSlugConflictException of(String name) {
        return new TenantSlugConflictException(
                "The name '" + name + "' is taken by another tenant; choose another slug or id.", null);
    }
}
