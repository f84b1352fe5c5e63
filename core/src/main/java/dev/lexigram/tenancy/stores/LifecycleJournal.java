package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers how far a tenant's creation or removal has come, so that another node can end what one began. Kept by the
 * store of the tenants, in whose transactions it writes. Safe for use by many threads and nodes; every implementation
 * passes {@code LifecycleJournalContract} of the testkit.
 *
 * <p>A tenant has at most one open run, and a run one holder: for as long as its lease lasts, and after that until
 * somebody takes it over. Leases are measured where they are kept, never by the clock of a node. A write of a holder
 * that was overtaken is refused with {@code TenantWriteFencedException} and stores nothing.
 */
public interface LifecycleJournal {

    /**
     * Saves the tenant with its events and opens the run, or does neither.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantSlugConflictException if the id, the slug or the key is taken
     * @throws dev.lexigram.tenancy.tenant.TenantConflictException if the stored version is another
     * @throws dev.lexigram.tenancy.tenant.TenantStateException if a run of this tenant is open, or a legal hold forbids
     *     its removal
     */
    LifecycleRun begin(RunOpening opening);

    /** The creation with this idempotency key. */
    Optional<KeyedCreation> findCreation(String key);

    /** Extends the lease. */
    void renew(LifecycleRun run, Duration lease);

    /** Writes that a step is done, with what it found, and extends the lease. */
    void stepDone(LifecycleRun run, String step, Map<String, Object> found, Duration lease);

    /** Writes that from now on the run is taken back, and extends the lease. */
    void turnBack(LifecycleRun run, Duration lease);

    /** Writes that a step was taken back, and extends the lease. */
    void stepUndone(LifecycleRun run, String step, Duration lease);

    /**
     * Saves the tenant with its events and closes the run, or does neither.
     *
     * @param outcome kept with the run
     */
    Tenant finish(LifecycleRun run, Tenant tenant, List<TenantEvent> events, Map<String, Object> outcome);

    /** Takes over the run whose lease ended first, if there is one, with a lease for the new holder. */
    Optional<LifecycleRun> takeOver(Duration lease);

    /** Whether a run of this tenant is open. */
    boolean isOpen(TenantId id);

    /** The outcome of the last run of this kind that was closed. */
    Optional<Map<String, Object>> outcome(TenantId id, LifecycleRun.Kind kind);

    /** A creation that has a key. */
    record KeyedCreation(TenantId tenant, String digest) {}
}
