package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.isolation.ServedTenants;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The DataSource that an application uses: each connection is confined to the tenant that is current when it is borrowed,
 * and refuses to work under another one.
 *
 * <p>Without a tenant it gives connections that reach catalogue and shared tables only, once the audit has proved that
 * the database refuses the rest; until then it gives none. Safe for use by many threads; it does not own the pool.
 */
public final class TenantDataSource implements DataSource {

    /** Whether the database behind a pool is known to refuse every protected table to work without a tenant. */
    @FunctionalInterface
    public interface Proof {

        /** The answer of this moment. @throws SQLException if there can be none yet: then nothing is given */
        boolean isProved() throws SQLException;
    }

    private final DataSource pool;
    private final TransactionBinder binder;
    private final Function<Tenant, IsolationStrategy> strategies;
    private final Proof proved;
    private volatile ServedTenants served = ServedTenants.ALL;

    private TenantDataSource(
            DataSource pool, TransactionBinder binder, Function<Tenant, IsolationStrategy> strategies, Proof proved) {
        this.pool = pool;
        this.binder = binder;
        this.strategies = strategies;
        this.proved = proved;
    }

    /**
     * Every tenant is confined by the strategy that it names.
     *
     * @param pool where connections without a tenant come from
     * @param binder binds those explicitly to no tenant
     * @param proved whether the database is known to refuse every protected table to them; asked at each borrowing
     */
    public static TenantDataSource of(
            DataSource pool, TransactionBinder binder, IsolationStrategyRegistry registry, Proof proved) {
        return new TenantDataSource(pool, binder, tenant -> registry.get(tenant.strategy()), proved);
    }

    /** Row-level tenants and tenants with a schema each, side by side in this pool; others are refused. */
    public static TenantDataSource of(DataSource pool, TransactionBinder binder, Proof proved) {
        var registry = new IsolationStrategyRegistry();
        registry.register(new RowLevelIsolationStrategy(pool, binder));
        registry.register(new SchemaIsolationStrategy(pool, binder));
        return of(pool, binder, registry, proved);
    }

    /** All tenants are row-level ones in this pool; a tenant of another strategy is refused. */
    public static TenantDataSource rowLevel(DataSource pool, TransactionBinder binder, Proof proved) {
        var registry = new IsolationStrategyRegistry();
        registry.register(new RowLevelIsolationStrategy(pool, binder));
        return of(pool, binder, registry, proved);
    }

    /**
     * Asks before each statement and each commit of a tenant whether it is still served: work under way ends within the
     * bound of a suspension, its transaction rolled back and its connection closed. Holds for connections borrowed from now
     * on, and not while an application is only observed.
     */
    public void servedWhile(ServedTenants served) {
        this.served = served;
    }

    /** @throws TenantRequiredException without a tenant, as long as the database is not proved to refuse that */
    @Override
    public Connection getConnection() throws SQLException {
        var tenant = TenantContext.current();
        if (tenant.isPresent()) {
            return served(strategies.apply(tenant.get()).open(tenant.get()));
        }
        if (!proved.isProved()) {
            throw TenantRequiredException.of(
                    "Borrowing a connection while the audit has not proved that every table is protected");
        }
        return Borrowing.bound(pool, binder, Optional.empty());
    }

    /** Always refused: another login could have other rights than the one that was audited. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "A tenant's DataSource has one audited login; use getConnection().", "0A000");
    }

    /**
     * This DataSource, or the pool behind it where the database is proved to refuse what is bound to nothing: its figures
     * can be read and its size be changed, while its connections reach no protected table.
     *
     * @throws TenantIsolationException for the pool as long as that is not proved, and for everything else
     */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (!isWrapperFor(type)) {
            throw TenantIsolationException.of("The pool behind a tenant's DataSource is out of reach through it, as its"
                    + " connections are bound to nothing, and " + type.getName()
                    + (type.isInstance(pool)
                            ? " is only given once the audit has proved that the database refuses those"
                            : " is not its type")
                    + "; keep a reference to the pool itself.");
        }
        return type.cast(pool);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || type.isInstance(pool) && proved.isProved();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter writer) throws SQLException {
        pool.setLogWriter(writer);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    @Override
    public String toString() {
        return "TenantDataSource[binder=" + binder.name() + "]";
    }

    private Connection served(Connection connection) throws SQLException {
        if (connection.isWrapperFor(Lease.class)) { // a binder of somebody else makes connections of its own
            connection.unwrap(Lease.class).servedWhile(served);
        }
        return connection;
    }
}
