package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** More is asked for at once than this node takes on; later it will do it. */
public final class TenantCapacityException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantCapacityException(String message, @Nullable Throwable cause) {
        super(16, message, cause);
    }

    /** What was asked for, and how much of it goes on at once at most. */
    public static TenantCapacityException of(String what, int most) {
        return new TenantCapacityException(
                what + " was refused, as " + most + " go on already, which is the most that this node does at once;"
                        + " ask again later, and limit how often one account may ask.",
                null);
    }
}
