package dev.lexigram.tenancy.postgres.isolation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed connection whose driver binds: it knows when the lease is over and what has to be set back. Statements and
 * everything else are the pool's and the driver's own.
 */
final class LeasedConnection implements InvocationHandler {

    private static final @Nullable Object[] NO_ARGUMENTS = {};

    private final Lease lease;
    private final DriverTransaction transaction;

    private LeasedConnection(Lease lease, DriverTransaction transaction) {
        this.lease = lease;
        this.transaction = transaction;
    }

    static Connection of(Lease lease, DriverTransaction transaction) {
        return (Connection) Proxy.newProxyInstance(
                LeasedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new LeasedConnection(lease, transaction));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
            throws SQLException {
        var call = new JdbcCall(proxy, lease.borrowed(), method, given == null ? NO_ARGUMENTS : given);
        switch (call.name()) {
            case "close":
                transaction.close();
                return null;
            case "abort":
                lease.evict();
                transaction.close();
                return null;
            case "isClosed":
                return lease.isOver() || lease.borrowed().isClosed();
            case "isValid":
                return !lease.isOver() && lease.borrowed().isValid(call.first(Integer.class));
            case "rollback":
                return lease.isEvicted() ? null : proceed(call);
            case "isWrapperFor":
                return call.first(Class.class).isInstance(proxy)
                        || call.first(Class.class) == Lease.class
                        || lease.borrowed().isWrapperFor(call.first(Class.class));
            case "unwrap":
                return unwrap(call);
            case "equals":
                return proxy == call.arguments()[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "toString":
                return "Tenant-bound " + lease.borrowed();
            default:
                return ordinary(call);
        }
    }

    private @Nullable Object unwrap(JdbcCall call) throws SQLException {
        var type = call.first(Class.class);
        if (type == Lease.class) {
            return lease;
        }
        return type.isInstance(call.proxy()) ? call.proxy() : proceed(call);
    }

    private @Nullable Object ordinary(JdbcCall call) throws SQLException {
        if (call.name().startsWith("create") || call.name().startsWith("prepare")) {
            lease.check();
        } else if (call.name().equals("commit")) {
            lease.check(); // of a transaction without statements, too: nothing of it would reach the driver
        } else if (call.name().startsWith("set")) {
            lease.requireOpen();
            lease.beforeChange(call.name());
            return transaction.configuring(call);
        }
        return proceed(call);
    }

    private @Nullable Object proceed(JdbcCall call) throws SQLException {
        lease.requireOpen();
        return call.proceed();
    }
}
