package dev.lexigram.tenancy.cache;

import dev.lexigram.tenancy.tenant.TenantId;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A value as it lies in a cache that many tenants share: with whose it is, and of which epoch. Whoever reads it under
 * another tenant's key, or after the tenant's entries were cleared, takes it for nothing. It can be serialised if the value
 * can. Immutable if the value is.
 *
 * @param epoch of the tenant's entries in this cache; another one begins with each clear
 */
public record TenantCacheValue(
        TenantId tenant, long epoch, @Nullable Object value) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Never the value, which may be a secret. */
    @Override
    public String toString() {
        return "TenantCacheValue[" + tenant + ", epoch=" + epoch + "]";
    }
}
