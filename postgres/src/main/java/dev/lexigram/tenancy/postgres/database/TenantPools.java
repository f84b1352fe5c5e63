package dev.lexigram.tenancy.postgres.database;

import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.isolation.SecretStore;
import dev.lexigram.tenancy.isolation.TransactionLimits;
import dev.lexigram.tenancy.tenant.TenantCapacityException;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.NoSuchElementException;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/**
 * Connections to the databases of tenants, all under one budget: a tenant that does nothing has none and costs no thread. Where
 * the budget is used up, the connection that was idle longest makes room, whosever it is, and one in use never does. Safe for
 * use by many threads.
 */
public final class TenantPools implements AutoCloseable {

    private final GenericKeyedObjectPool<TenantId, PooledConnection> pool;
    private final PoolsConfig config;

    private TenantPools(GenericKeyedObjectPool<TenantId, PooledConnection> pool, PoolsConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** The same, with the limits that transactions have by default. */
    public static TenantPools of(DatabaseServer server, SecretStore secrets, PoolsConfig config) {
        return of(server, secrets, config, TransactionLimits.DEFAULTS);
    }

    /**
     * Pools that are empty until somebody borrows.
     *
     * @param secrets where {@link TenantDatabases} put the passwords
     * @param limits of each transaction, unless the server's URL has others
     */
    public static TenantPools of(
            DatabaseServer server, SecretStore secrets, PoolsConfig config, TransactionLimits limits) {
        var settings = new GenericKeyedObjectPoolConfig<PooledConnection>();
        settings.setMaxTotal(config.perNode());
        settings.setMaxTotalPerKey(config.perTenant());
        settings.setMaxIdlePerKey(config.perTenant());
        settings.setMinIdlePerKey(0);
        settings.setFairness(true);
        settings.setMaxWait(config.borrowTimeout());
        settings.setTestOnBorrow(true);
        settings.setMinEvictableIdleDuration(config.idleClose());
        settings.setTimeBetweenEvictionRuns(config.idleClose().dividedBy(4));
        settings.setNumTestsPerEvictionRun(-1); // all
        settings.setJmxEnabled(false);
        return new TenantPools(
                new GenericKeyedObjectPool<>(new ConnectionFactory(server, secrets, limits), settings), config);
    }

    /**
     * A connection of this tenant's own login to its own database; closing it gives it back.
     *
     * @throws TenantCapacityException if none became free within {@code pools.borrow_timeout}
     * @throws dev.lexigram.tenancy.tenant.TenantIsolationException if the tenant has no database, or it is not as it was made
     */
    public Connection borrow(TenantId id) throws SQLException {
        try {
            var lent = pool.borrowObject(id);
            return lent.lend(ended -> giveBack(id, lent, ended));
        } catch (NoSuchElementException busy) {
            if (busy.getCause() instanceof SQLException failure) {
                throw failure;
            }
            if (busy.getCause() instanceof TenantException failure) {
                throw failure;
            }
            throw TenantCapacityException.ofConnections(id, config.perTenant(), config.perNode(), busy);
        } catch (SQLException | RuntimeException failure) {
            throw failure;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while waiting for a connection", "57014", interrupted);
        } catch (Exception failure) {
            throw new SQLException("No connection could be lent", "08001", failure);
        }
    }

    /** Closes what is idle of this tenant; what is in use is closed when it comes back broken. */
    public void forget(TenantId id) {
        pool.clear(id);
    }

    /** How many connections are open. */
    public int open() {
        return pool.getNumActive() + pool.getNumIdle();
    }

    /** How many of them are lent. */
    public int lent() {
        return pool.getNumActive();
    }

    /** How many borrowers wait. */
    public int waiting() {
        return pool.getNumWaiters();
    }

    /** Closes what is idle now, and what is lent when it comes back. */
    @Override
    public void close() {
        pool.close();
    }

    private void giveBack(TenantId id, PooledConnection lent, boolean ended) throws SQLException {
        try {
            if (ended) {
                pool.invalidateObject(id, lent);
            } else {
                pool.returnObject(id, lent);
            }
        } catch (Exception failure) {
            throw new SQLException("A connection could not be given back", "08006", failure);
        }
    }
}
