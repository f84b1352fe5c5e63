package dev.lexigram.tenancy.isolation;

import java.time.Duration;

/**
 * How many connections tenants may have at once: section {@code pools} of the configuration. Immutable.
 *
 * @param maxConnections of all nodes to the databases of all tenants with one each
 * @param nodes how many nodes share that: each takes its part
 * @param idleClose how long a connection may be idle before it is closed
 * @param borrowTimeout how long a borrower waits for its turn
 * @param tenantShare what part of a node's connections one tenant may have, at least two: of those to tenants' databases, and of
 *     each pool that tenants use together
 */
public record PoolsConfig(
        int maxConnections, int nodes, Duration idleClose, Duration borrowTimeout, double tenantShare) {

    public static final PoolsConfig DEFAULTS =
            new PoolsConfig(50, 1, Duration.ofSeconds(60), Duration.ofSeconds(2), 0.2);

    /** @throws IllegalArgumentException if nobody could ever borrow */
    public PoolsConfig {
        if (maxConnections < 1 || nodes < 1 || maxConnections < nodes) {
            throw new IllegalArgumentException("pools.max_connections must be at least 1 for each of pools.nodes");
        }
        if (idleClose.isNegative() || idleClose.isZero() || borrowTimeout.isNegative() || borrowTimeout.isZero()) {
            throw new IllegalArgumentException("pools.idle_close and pools.borrow_timeout must be more than nothing");
        }
        if (!(tenantShare > 0 && tenantShare <= 1)) {
            throw new IllegalArgumentException("pools.tenant_share must be more than 0 and at most 1");
        }
    }

    /** How many connections this node may have. */
    public int perNode() {
        return maxConnections / nodes;
    }

    /** How many of them one tenant may have. */
    public int perTenant() {
        return share(perNode());
    }

    /** How many connections of a pool of this size one tenant may have. */
    public int share(int size) {
        return Math.min(size, Math.max(2, (int) (size * tenantShare)));
    }

    public PoolsConfig withMaxConnections(int maxConnections) {
        return new PoolsConfig(maxConnections, nodes, idleClose, borrowTimeout, tenantShare);
    }

    public PoolsConfig withNodes(int nodes) {
        return new PoolsConfig(maxConnections, nodes, idleClose, borrowTimeout, tenantShare);
    }

    public PoolsConfig withIdleClose(Duration idleClose) {
        return new PoolsConfig(maxConnections, nodes, idleClose, borrowTimeout, tenantShare);
    }

    public PoolsConfig withBorrowTimeout(Duration borrowTimeout) {
        return new PoolsConfig(maxConnections, nodes, idleClose, borrowTimeout, tenantShare);
    }

    public PoolsConfig withTenantShare(double tenantShare) {
        return new PoolsConfig(maxConnections, nodes, idleClose, borrowTimeout, tenantShare);
    }
}
