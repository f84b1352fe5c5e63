package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** No tenant has this id or name. */
public final class TenantNotFoundException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantNotFoundException(String message, @Nullable Throwable cause) {
        super(2, message, cause);
    }

    /** An id that no tenant has. */
    public static TenantNotFoundException of(TenantId id) {
        return new TenantNotFoundException("No tenant has the id '" + id + "'; create it, or check the id.", null);
    }

    /** A slug that no tenant has. */
    public static TenantNotFoundException of(Slug slug) {
        return new TenantNotFoundException(
                "No tenant has the slug '" + slug + "'; create it, or check the slug.", null);
    }

    /** Text that is neither the id nor the slug of a tenant; unless it could be one, it is not repeated. */
    public static TenantNotFoundException ofReference(String reference) {
        var wellFormed =
                TenantId.parse(reference).isPresent() || Slug.parse(reference).isPresent();
        return new TenantNotFoundException(
                "No tenant has the id or slug " + (wellFormed ? "'" + reference + "'" : "given")
                        + "; create it, or check the reference.",
                null);
    }
}
