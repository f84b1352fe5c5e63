package dev.lexigram.tenancy.stores;

/**
 * Identifies a request to create a tenant, so that it can be repeated.
 *
 * @param key as the caller chose it
 * @param digest of everything that was asked for
 */
public record CreationKey(String key, String digest) {}
