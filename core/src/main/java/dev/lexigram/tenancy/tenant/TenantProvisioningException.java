package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** A tenant's place for data could not be made or removed. */
public final class TenantProvisioningException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantProvisioningException(String message, @Nullable Throwable cause) {
        super(4, message, cause);
    }

    /** What failed, for which tenant. */
    public static TenantProvisioningException of(TenantId id, String what, Throwable cause) {
        return new TenantProvisioningException(
                "Tenant '" + id + "' could not be provisioned: " + what + "; mend the cause and create it again.",
                cause);
    }

    /** What failed while the place of this tenant was removed. */
    public static TenantProvisioningException ofRemoval(TenantId id, String what, Throwable cause) {
        return new TenantProvisioningException(
                "The place of tenant '" + id + "' could not be removed: " + what
                        + "; mend the cause and remove it again.",
                cause);
    }

    /** Text that is no tenant id; it reached no database. */
    public static TenantProvisioningException malformedId(InvalidTenantException cause) {
        return new TenantProvisioningException("Not provisioned: " + cause.getMessage(), cause);
    }

    /** What an earlier request with the same key came to. */
    public static TenantProvisioningException ofEarlier(TenantId id) {
        return new TenantProvisioningException(
                "Tenant '" + id + "' could not be provisioned when this key was first used; mend the cause and call"
                        + " retryProvisioning, or create it with another key.",
                null);
    }
}
