package dev.lexigram.tenancy.tenant;

import java.util.Locale;

/** Where a tenant stands in its life. Only {@link #ACTIVE} tenants are ever bound to a call. */
public enum TenantStatus {
    PROVISIONING,
    ACTIVE,
    INACTIVE,
    SUSPENDED,
    FAILED,
    DELETING,
    DELETED;

    /** The name in stores and on the wire: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status with this wire name.
     *
     * @throws InvalidTenantException if no status has this wire name
     */
    public static TenantStatus fromWireName(String text) {
        for (var status : values()) {
            if (status.wireName().equals(text)) {
                return status;
            }
        }
        throw InvalidTenantException.of(
                "status", "provisioning, active, inactive, suspended, failed, deleting, deleted", text);
    }
}
