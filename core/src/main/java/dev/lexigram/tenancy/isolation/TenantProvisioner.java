package dev.lexigram.tenancy.isolation;

import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;

/**
 * Makes and removes a tenant's place for data through one strategy, or leaves that to others when it is switched off.
 *
 * <p>Safe for use by many threads; what is repeated is up to the strategy, which leaves alone what is already done.
 */
public final class TenantProvisioner {

    private final IsolationStrategy strategy;
    private final boolean autoProvision;

    /** @param autoProvision whether the strategy is called at all */
    public TenantProvisioner(IsolationStrategy strategy, boolean autoProvision) {
        this.strategy = strategy;
        this.autoProvision = autoProvision;
    }

    /** Makes the tenant's place. @throws TenantProvisioningException if that fails */
    public void provision(TenantId id) {
        if (!autoProvision) {
            return;
        }
        try {
            strategy.provision(id);
        } catch (TenantProvisioningException failure) {
            throw failure;
        } catch (Exception failure) {
            throw TenantProvisioningException.of(id, describeFailure(), failure);
        }
    }

    /** Makes the place of the tenant with this id. @throws TenantProvisioningException also if it is no id */
    public void provision(String id) {
        provision(parse(id));
    }

    /** Removes the tenant's place. @throws TenantProvisioningException if that fails */
    public void deprovision(TenantId id) {
        if (!autoProvision) {
            return;
        }
        try {
            strategy.deprovision(id);
        } catch (TenantProvisioningException failure) {
            throw failure;
        } catch (Exception failure) {
            throw TenantProvisioningException.ofRemoval(id, describeFailure(), failure);
        }
    }

    /** Removes the place of the tenant with this id. @throws TenantProvisioningException also if it is no id */
    public void deprovision(String id) {
        deprovision(parse(id));
    }

    private String describeFailure() {
        return "isolation strategy '" + strategy.name() + "' failed";
    }

    private static TenantId parse(String id) {
        try {
            return TenantId.of(id);
        } catch (InvalidTenantException malformed) {
            throw TenantProvisioningException.malformedId(malformed);
        }
    }
}
