package dev.lexigram.tenancy.spring.cache;

import dev.lexigram.tenancy.cache.TenantCacheValue;
import dev.lexigram.tenancy.enforcement.LogBudget;
import dev.lexigram.tenancy.enforcement.LogText;
import dev.lexigram.tenancy.tenant.TenantId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.Cache;

/** Says on the logger {@code tenancy.security} that something lay where only a tenant's own entries may lie. */
final class CacheAlarm {

    private static final Logger SECURITY = LoggerFactory.getLogger("tenancy.security");
    private static final LogBudget BUDGET = new LogBudget();
    private static final String KIND = "foreign_cache_entry";
    private static final int MAX_NAME = 128;

    private CacheAlarm() {}

    /** @param found what lay there; never written, but for whose it says it is */
    static void foreign(Cache cache, TenantId tenant, @Nullable Object found) {
        var leftOut = BUDGET.take(KIND);
        if (leftOut > 0) {
            SECURITY.warn("{} lines like the next one ({}) were left out", leftOut, KIND);
        }
        if (leftOut >= 0) {
            SECURITY.warn(
                    "Refused: {} cache='{}' tenant={} found={}",
                    KIND,
                    LogText.escaped(cache.getName(), MAX_NAME),
                    tenant,
                    found instanceof TenantCacheValue other ? "an entry of " + other.tenant() : "no entry of a tenant");
        }
    }
}
