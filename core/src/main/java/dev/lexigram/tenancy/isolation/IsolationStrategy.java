package dev.lexigram.tenancy.isolation;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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

    /** Removes what {@link #provision} made for a tenant that was never served. */
    void deprovision(TenantId id);

    /** What this strategy can do with the data of a tenant that is removed for good. */
    default Set<DeprovisionPolicy> policies() {
        return EnumSet.of(DeprovisionPolicy.KEEP);
    }

    /**
     * Does with the tenant's data what the policy says; called for a tenant that is no longer served. Again: what is
     * left is dealt with.
     *
     * @return what became of it, per table or place
     * @throws TenantIsolationException if it is none of {@link #policies}; nothing was touched
     * @throws dev.lexigram.tenancy.tenant.TenantProvisioningException if something is left that should not be
     */
    default List<ErasedResource> deprovision(Tenant tenant, DeprovisionPolicy policy) {
        if (!policies().contains(policy)) {
            throw TenantIsolationException.of("Isolation strategy '" + name() + "' cannot "
                    + policy.wireName() + " a tenant's data; use one of "
                    + policies().stream().map(DeprovisionPolicy::wireName).toList()
                    + " (lifecycle.deprovision_policy, or the policy of the deletion).");
        }
        return List.of();
    }

    /**
     * Opens a connection that reaches this tenant's data and no other's. It refuses to work under another tenant than
     * this one, and is closed by the caller.
     */
    Connection open(Tenant tenant) throws SQLException;
}
