package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** Work on a tenant was taken over by another node, which alone may go on with it. */
public final class TenantWriteFencedException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantWriteFencedException(String message, @Nullable Throwable cause) {
        super(18, message, cause);
    }

    /** Whose work it was; nothing of the refused write was stored. */
    public static TenantWriteFencedException of(TenantId id) {
        return new TenantWriteFencedException(
                "Work on tenant '" + id + "' was taken over by another node or thread, because this one was silent for"
                        + " longer than lifecycle.run_lease; read the tenant again to see how it ended.",
                null);
    }
}
