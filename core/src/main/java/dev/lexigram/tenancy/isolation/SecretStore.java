package dev.lexigram.tenancy.isolation;

import java.util.Optional;

/**
 * Keeps secrets that the library makes, such as the password of a tenant's database, for all nodes and over restarts. Safe
 * for use by many threads.
 *
 * <p>Names are at most 200 characters of letters, digits, {@code -}, {@code _} and {@code /}.
 */
public interface SecretStore {

    /** @throws dev.lexigram.tenancy.tenant.TenantUnavailableException if that cannot be told at the moment */
    Optional<Secret> find(String name);

    /** Keeps it lastingly before it returns, in the place of what had this name. */
    void put(String name, Secret secret);

    /** Again: nothing happens. */
    void remove(String name);
}
