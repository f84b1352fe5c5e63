package dev.lexigram.tenancy.cache;

import dev.lexigram.tenancy.tenant.TenantId;
import java.io.Serializable;

/**
 * A key with the tenant whose entry it is: equal only to the same key of the same tenant. As text it is
 * {@code t:acme:key}, for caches that keep keys as text. It can be serialised if the key can. Immutable if the key is.
 */
public record TenantCacheKey(TenantId tenant, Object key) implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return TenantCacheKeys.text(tenant, key.toString());
    }
}
