package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** The caller may not act as this tenant. The message is the same whether it exists or not. */
public final class TenantAccessDeniedException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantAccessDeniedException(String message, @Nullable Throwable cause) {
        super(12, message, cause);
    }

    /** The one refusal. */
    public static TenantAccessDeniedException refused() {
        return new TenantAccessDeniedException(
                "Access denied; ask an administrator of the tenant for membership.", null);
    }
}
