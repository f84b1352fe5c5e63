package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.Optional;

/**
 * Which tenants to list, and from where.
 *
 * @param status only tenants in this status; empty for all
 * @param limit how many at most: 1 to 1,000
 * @param after the cursor of the page before; empty for the first page
 */
public record TenantQuery(Optional<TenantStatus> status, int limit, Optional<String> after) {

    /** The first 100 tenants of any status. */
    public static final TenantQuery FIRST = new TenantQuery(Optional.empty(), 100, Optional.empty());

    public TenantQuery {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit must be 1 to 1000 but is " + limit);
        }
    }

    public TenantQuery withStatus(TenantStatus status) {
        return new TenantQuery(Optional.of(status), limit, after);
    }

    public TenantQuery withLimit(int limit) {
        return new TenantQuery(status, limit, after);
    }

    /** The page that begins after this cursor. */
    public TenantQuery withAfter(String cursor) {
        return new TenantQuery(status, limit, Optional.of(cursor));
    }
}
