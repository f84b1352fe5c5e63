package dev.lexigram.tenancy.postgres.isolation;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.tenant.TenantCapacityException;
import dev.lexigram.tenancy.tenant.TenantId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many connections of a pool one tenant may hold, so that the others find some. Who asks for more waits in line
 * behind those of the same tenant who came before. A thread that holds one already gets a further one at once, beyond the
 * share, as those who nest transactions would wait for each other; work without a tenant is not limited. Safe for use by
 * many threads.
 */
public final class TenantShares {

    private final DataSource pool;
    private final int size;
    private final PoolsConfig config;
    private final ConcurrentMap<TenantId, Share> shares = new ConcurrentHashMap<>();

    private TenantShares(DataSource pool, int size, PoolsConfig config) {
        this.pool = pool;
        this.size = size;
        this.config = config;
    }

    /** The pool as {@link #of(DataSource, int, PoolsConfig)} limits it, by its own size. */
    public static DataSource of(HikariDataSource pool, PoolsConfig config) {
        return of(pool, pool.getMaximumPoolSize(), config);
    }

    /**
     * A pool that lends each tenant its share, for the strategies whose tenants use it together. The tenant is the one that is
     * current when it borrows.
     *
     * @param size how many connections the pool has at most
     * @param config says how large a share is, and how long a borrower waits before it is refused with
     *     {@link TenantCapacityException}
     */
    public static DataSource of(DataSource pool, int size, PoolsConfig config) {
        return over(pool, size, config).asDataSource();
    }

    static TenantShares over(DataSource pool, int size, PoolsConfig config) {
        return new TenantShares(pool, size, config);
    }

    DataSource asDataSource() {
        return (DataSource) Proxy.newProxyInstance(
                TenantShares.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    var tenant = TenantContext.current();
                    return method.getName().equals("getConnection") && arguments == null && tenant.isPresent()
                            ? lend(tenant.get().id())
                            : call(pool, method, arguments);
                });
    }

    private Connection lend(TenantId tenant) throws SQLException {
        var place = enter(tenant);
        var lent = false;
        try {
            var connection = lent(pool.getConnection(), place);
            lent = true;
            return connection;
        } finally {
            if (!lent) {
                leave(place);
            }
        }
    }

    private Connection lent(Connection connection, Place place) {
        var over = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                TenantShares.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        return call(connection, method, arguments);
                    } finally {
                        if (method.getName().equals("close") && over.compareAndSet(false, true)) {
                            leave(place);
                        }
                    }
                });
    }

    private Place enter(TenantId tenant) throws SQLException {
        var thread = Thread.currentThread();
        var share = shares.compute(tenant, (id, known) -> (known == null ? new Share(perTenant()) : known).wanted());
        if (share.isHeldBy(thread)) {
            return hold(new Place(tenant, thread, false));
        }
        var entered = false;
        try {
            entered = share.places.tryAcquire(config.borrowTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while waiting for a connection", "57014", interrupted);
        } finally {
            if (!entered) {
                shares.computeIfPresent(tenant, (id, known) -> known.unwanted());
            }
        }
        if (!entered) {
            throw TenantCapacityException.ofShare(tenant, perTenant(), size);
        }
        return hold(new Place(tenant, thread, true));
    }

    private Place hold(Place place) {
        shares.computeIfPresent(place.tenant(), (id, known) -> known.held(place));
        return place;
    }

    private void leave(Place place) {
        shares.computeIfPresent(place.tenant(), (id, known) -> known.left(place).unwanted());
    }

    private int perTenant() {
        return config.share(size);
    }

    /** Of how many tenants something is kept: those who hold a connection or wait for one. */
    int known() {
        return shares.size();
    }

    /** How many borrowers of this tenant wait. */
    int waiting(TenantId tenant) {
        var share = shares.get(tenant);
        return share == null ? 0 : share.places.getQueueLength();
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    /**
     * What a borrower has.
     *
     * @param counted whether it is one of the share
     */
    private record Place(TenantId tenant, Thread thread, boolean counted) {}

    /** One tenant's places, for as long as somebody holds or wants one. Changed under the lock of its entry. */
    private static final class Share {

        private final Semaphore places;
        private final ConcurrentMap<Thread, Integer> holders = new ConcurrentHashMap<>();
        private int users;

        Share(int places) {
            this.places = new Semaphore(places, true);
        }

        Share wanted() {
            users++;
            return this;
        }

        boolean isHeldBy(Thread thread) {
            return holders.containsKey(thread);
        }

        Share held(Place place) {
            holders.merge(place.thread(), 1, Integer::sum);
            return this;
        }

        Share left(Place place) {
            holders.computeIfPresent(place.thread(), (thread, count) -> count == 1 ? null : count - 1);
            if (place.counted()) {
                places.release();
            }
            return this;
        }

        @Nullable
        Share unwanted() {
            users--;
            return users == 0 ? null : this;
        }
    }
}
