package dev.lexigram.tenancy.postgres.isolation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What all proxies have in common: they are equal if they stand for the same object, give nobody the driver's own objects,
 * keep large objects out, and report every failure to the transaction.
 */
abstract class JdbcHandler implements InvocationHandler {

    private static final @Nullable Object[] NO_ARGUMENTS = {};

    private final Object target;
    private final JdbcProxies proxies;

    JdbcHandler(Object target, JdbcProxies proxies) {
        this.target = target;
        this.proxies = proxies;
    }

    @Override
    public final @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
            throws SQLException {
        var call = new JdbcCall(proxy, target, method, given == null ? NO_ARGUMENTS : given);
        switch (call.name()) {
            case "equals":
                return isSame(call.arguments()[0]);
            case "hashCode":
                return System.identityHashCode(target);
            case "toString":
                return "Tenant-bound " + target;
            case "isWrapperFor":
                return call.first(Class.class).isInstance(proxy) || call.first(Class.class) == Lease.class;
            case "unwrap":
                return unwrap(call);
            default:
                return watched(call);
        }
    }

    /** Answers a call that is not common to all proxies. */
    abstract @Nullable Object handle(JdbcCall call) throws SQLException;

    final Object target() {
        return target;
    }

    final JdbcProxies proxies() {
        return proxies;
    }

    final Lease lease() {
        return proxies.lease();
    }

    final PlainTransaction transaction() {
        return proxies.transaction();
    }

    /** Makes the call on the object behind, unless the lease is over, and wraps what comes back. */
    final @Nullable Object delegate(JdbcCall call) throws SQLException {
        lease().requireOpen();
        return proxies.wrap(call.proceed(), call.proxy());
    }

    private @Nullable Object watched(JdbcCall call) throws SQLException {
        refuseLargeObjects(call);
        try {
            return handle(call);
        } catch (SQLException failure) {
            transaction().suspect();
            throw failure;
        }
    }

    private void refuseLargeObjects(JdbcCall call) {
        var name = call.name();
        var refused = name.endsWith("Blob") || name.endsWith("Clob");
        for (var argument : call.arguments()) {
            refused |= argument instanceof Blob || argument instanceof Clob;
        }
        if (refused && !lease().lets()) {
            throw lease().refuse("Large objects are not confined by row-level policies; use bytea or text.");
        }
    }

    private Object unwrap(JdbcCall call) throws SQLException {
        if (call.first(Class.class).isInstance(call.proxy())) {
            return call.proxy();
        }
        if (call.first(Class.class) == Lease.class) {
            return lease();
        }
        if (lease().lets()) {
            return call.proceed(Object.class);
        }
        throw lease().refuse("The driver's own objects are out of reach under the plain binder, as they would work"
                + " unbound; use the interfaces of java.sql.");
    }

    private boolean isSame(@Nullable Object other) {
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof JdbcHandler handler
                && handler.target == target;
    }
}
