package dev.lexigram.tenancy.stores;

/**
 * A value that is set for a tenant.
 *
 * @param version the version of the tenant's configuration in which it was set last; never given twice for one key
 */
public record ConfigEntry(ConfigValue value, long version) {}
