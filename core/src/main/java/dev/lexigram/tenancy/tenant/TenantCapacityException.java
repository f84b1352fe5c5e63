package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** More is asked for at once than this node takes on; later it will do it. */
public final class TenantCapacityException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantCapacityException(String message, @Nullable Throwable cause) {
        super(16, message, cause);
    }

    /** What was asked for, and how much of it goes on at once at most. */
    public static TenantCapacityException of(String what, int most) {
        return new TenantCapacityException(
                what + " was refused, as " + most + " go on already, which is the most that this node does at once;"
                        + " ask again later, and limit how often one account may ask.",
                null);
    }

    /** One tenant's share of a pool was in use for as long as a borrower waits. */
    public static TenantCapacityException ofShare(TenantId id, int perTenant, int all) {
        return new TenantCapacityException(
                "No connection for tenant '" + id + "' became free in time: it uses " + perTenant + " of the pool's "
                        + all
                        + ", which is its share; hold connections for a shorter time, or raise pools.tenant_share or the"
                        + " size of the pool.",
                null);
    }

    /** All connections were in use for as long as a borrower waits. */
    public static TenantCapacityException ofConnections(TenantId id, int perTenant, int all, Throwable cause) {
        return new TenantCapacityException(
                "No connection to the database of tenant '" + id + "' became free in time: one tenant may have "
                        + perTenant
                        + " of the " + all + " of this node; hold connections for a shorter time, or raise"
                        + " pools.max_connections.",
                cause);
    }
}
