package dev.lexigram.tenancy.enforcement;

/**
 * Where it is written down who did what with more rights than those of one tenant. Nothing written is changed or removed.
 * Safe for use by many threads.
 */
@FunctionalInterface
public interface AuditTrail {

    /**
     * Writes it down, lastingly, before it returns.
     *
     * @throws dev.lexigram.tenancy.tenant.TenantUnavailableException if that cannot be: then what it tells must not be done
     */
    void record(AuditEntry entry);
}
