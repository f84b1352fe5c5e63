package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * Keeps tenants. Safe for use by many threads; every implementation passes {@code TenantStoreContract} of the testkit.
 *
 * <p>Ids and slugs share one space of names: nobody can have a slug that is another tenant's id, in any case. A store
 * that cannot answer raises {@code TenantUnavailableException}; it never guesses.
 */
public interface TenantStore {

    /** What {@code expectedVersion} is for a tenant that must not be there yet. */
    long NEW = 0;

    Optional<Tenant> findById(TenantId id);

    /** The tenant that has this slug; the text is compared byte for byte. */
    Optional<Tenant> findByName(String name);

    /** One page of tenants in the order of their creation. */
    TenantPage page(TenantQuery query);

    /**
     * Stores the tenant and the events, or neither. The events get the next sequence numbers of this tenant.
     *
     * @param expectedVersion the version that the stored tenant must have, or {@link #NEW}
     * @return the tenant as it is now stored
     * @throws dev.lexigram.tenancy.tenant.TenantConflictException if the stored version is another
     * @throws dev.lexigram.tenancy.tenant.TenantNotFoundException if there is no such tenant and one was expected
     * @throws dev.lexigram.tenancy.tenant.TenantSlugConflictException if the id or the slug is taken
     */
    Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events);
}
