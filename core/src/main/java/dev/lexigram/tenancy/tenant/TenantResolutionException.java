package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** A source of the request names a tenant in a way that cannot be used. */
public final class TenantResolutionException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantResolutionException(String message, @Nullable Throwable cause) {
        super(5, message, cause);
    }

    /** The source and the reason; never the client's text. */
    public static TenantResolutionException of(String source, String reason) {
        return new TenantResolutionException(
                "Source '" + source + "' is unusable: " + reason + "; send one well-formed tenant reference.", null);
    }
}
