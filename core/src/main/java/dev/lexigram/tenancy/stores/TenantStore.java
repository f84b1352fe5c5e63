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
 *
 * <p>A failed tenant gives its slug back, so that another may have it; its id stays taken for ever. Times are kept to the
 * microsecond, and numbers in maps by value: what went in as a {@code Double} may come back as a {@code BigDecimal}.
 */
public interface TenantStore {

    /** What {@code expectedVersion} is for a tenant that must not be there yet. */
    long NEW = 0;

    Optional<Tenant> findById(TenantId id);

    /** The tenant that has this slug; the text is compared byte for byte. Text that is no slug finds nothing. */
    Optional<Tenant> findByName(String name);

    /**
     * One page of tenants in the order of their creation.
     *
     * @throws dev.lexigram.tenancy.tenant.InvalidTenantException if the cursor is none that this store has given
     */
    TenantPage page(TenantQuery query);

    /**
     * Stores the tenant and the events, or neither. The store gives the tenant the version after the expected one, and
     * the events the next sequence numbers of this tenant. The strategy and the time of creation stay those of the
     * first save.
     *
     * @param expectedVersion the version that the stored tenant must have, or {@link #NEW}
     * @return the tenant as it is now stored
     * @throws dev.lexigram.tenancy.tenant.TenantConflictException if the stored version is another
     * @throws dev.lexigram.tenancy.tenant.TenantNotFoundException if there is no such tenant and one was expected
     * @throws dev.lexigram.tenancy.tenant.TenantSlugConflictException if the id or the slug is taken
     * @throws IllegalArgumentException if an event is of another tenant or is stored already
     */
    Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events);

    /** What this store remembers of unfinished work on its tenants; without it tenants are neither made nor removed. */
    default Optional<LifecycleJournal> journal() {
        return Optional.empty();
    }

    /** Which of its tenants are to be removed; there where there is a journal. */
    default Optional<TenantDeletions> deletions() {
        return Optional.empty();
    }

    /** Where the events that are saved here wait for their listeners; empty if this store lets nobody listen. */
    default Optional<Outbox> outbox() {
        return Optional.empty();
    }
}
