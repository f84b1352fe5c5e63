package dev.lexigram.tenancy.tenant;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of status that is not legal. */
public final class TenantStateException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantStateException(String message, @Nullable Throwable cause) {
        super(13, message, cause);
    }

    /** The illegal move, and what would be legal. */
    public static TenantStateException of(TenantId id, TenantStatus from, TenantStatus to, Set<TenantStatus> legal) {
        return new TenantStateException(
                "Tenant '" + id + "' cannot go from " + from.wireName() + " to " + to.wireName() + "; legal from here: "
                        + legal.stream().map(TenantStatus::wireName).sorted().toList() + ".",
                null);
    }

    /** What is refused, and what would have to happen first. */
    public static TenantStateException of(TenantId id, String refused, String remedy) {
        return new TenantStateException("Tenant '" + id + "' " + refused + "; " + remedy + ".", null);
    }
}
