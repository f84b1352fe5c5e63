package dev.lexigram.tenancy.tenant;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of every error of this library. The message says what happened, why, and what to do; the code is stable.
 *
 * <p>Messages carry no secret, no SQL and no other tenant's data, so they may be logged; what a client sees is decided
 * at the edge.
 */
public abstract class TenantException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    protected TenantException(int number, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = String.format("LEX_ERR_TENANT_%03d", number);
    }

    /**
     * The error of this library that this failure is or was caused by, whoever has wrapped it. The database's refusal of
     * a statement without a tenant, SQLSTATE 42501 "tenant not bound", is told as {@link TenantRequiredException}, and one of a
     * tenant that the database does not serve, "tenant not served", as {@link TenantInactiveException}.
     */
    public static Optional<TenantException> causeOf(Throwable failure) {
        return TenancyFailures.find(failure);
    }

    /** The stable code, {@code LEX_ERR_TENANT_001} and so on; it never changes its meaning. */
    public final String code() {
        return code;
    }
}
