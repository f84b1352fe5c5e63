package dev.lexigram.tenancy.cache;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.TenantId;

/**
 * Keys for caches that are shared between tenants, as text: {@code t:acme:user:7} belongs to acme, {@code g:countries} to
 * everybody. No two pairs of tenant and key have the same text, and none holds a character that means something in a
 * pattern of keys ({@code *}, {@code ?}, brackets, braces), a space or a control character: these stand as {@code %XX}.
 */
public final class TenantCacheKeys {

    private TenantCacheKeys() {}

    /** The key of the current tenant. @throws TenantRequiredException when none is bound */
    public static String key(String key) {
        return text(TenantContext.require().id(), key);
    }

    /** The key of what is the same for all tenants. */
    public static String shared(String key) {
        return "g:" + KeyText.escape(key);
    }

    /** What all keys of this tenant begin with, and no others. */
    public static String prefix(TenantId tenant) {
        return "t:" + tenant.value() + ":";
    }

    static String text(TenantId tenant, String key) {
        return prefix(tenant) + KeyText.escape(key);
    }
}
