package dev.lexigram.tenancy.cache;

import dev.lexigram.tenancy.tenant.TenantId;
import java.io.Serializable;

/**
 * Under this key a cache that nodes share keeps the epoch of a tenant's entries. As text it is {@code e:acme}, which no
 * entry's key can be.
 */
public record TenantCacheEpochKey(TenantId tenant) implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return "e:" + tenant;
    }
}
