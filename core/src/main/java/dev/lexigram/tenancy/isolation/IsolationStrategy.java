package dev.lexigram.tenancy.isolation;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One way to keep a tenant's data apart from every other's.
 *
 * <p>Safe for use by many threads. Provisioning and deprovisioning may be repeated: what is already done stays as it
 * is.
 */
public interface IsolationStrategy {

    /** The name under which tenants choose it, such as {@code row_level}. */
    String name();

    /**
     * Makes the tenant's place for data, where this strategy needs one.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantProvisioningException if it cannot be made; nothing half made is used
     */
    void provision(TenantId id);

    /** Removes what {@link #provision} made. */
    void deprovision(TenantId id);

    /**
     * Opens a connection that reaches this tenant's data and no other's. It refuses to work under another tenant than
     * this one, and is closed by the caller.
     */
    Connection open(Tenant tenant) throws SQLException;
}
