package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.tenant.Tenant;
import java.util.List;

/**
 * Data of a tenant outside its database, such as files, which goes when the tenant goes. Safe for use by many threads;
 * may be called again after a crash.
 */
public interface TenantResource {

    /** The name in the journal: lower-case letters, digits and underscores. */
    String name();

    /** Removes what is there of the tenant, and says what it was. */
    List<ErasedResource> erase(Tenant tenant);
}
