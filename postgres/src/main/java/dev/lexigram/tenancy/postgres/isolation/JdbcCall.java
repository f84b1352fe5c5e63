package dev.lexigram.tenancy.postgres.isolation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One call of a JDBC method on a proxy, not yet made on the object behind it. */
record JdbcCall(
        Object proxy,
        Object target,
        Method method,
        @Nullable Object[] arguments) {

    String name() {
        return method.getName();
    }

    /** The first argument, for methods of JDBC that must have one. */
    <T> T first(Class<T> type) throws SQLException {
        var argument = arguments[0];
        if (argument == null) {
            throw new SQLException(name() + " needs a value and got null.", "22004");
        }
        return type.cast(argument);
    }

    boolean hasArguments() {
        return arguments.length > 0;
    }

    /** Makes the call; what it throws comes through as it is. */
    @Nullable
    Object proceed() throws SQLException {
        try {
            return method.invoke(target, withoutProxies());
        } catch (InvocationTargetException thrown) {
            throw asThrown(thrown.getCause());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("The methods of JDBC are public", impossible);
        }
    }

    /** Makes a call that always returns something. */
    <T> T proceed(Class<T> type) throws SQLException {
        var result = proceed();
        if (result == null) {
            throw new SQLException("The driver returned nothing from " + name() + ".", "XX000");
        }
        return type.cast(result);
    }

    private static SQLException asThrown(@Nullable Throwable cause) {
        if (cause instanceof SQLException failure) {
            return failure;
        }
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        if (cause instanceof Error failure) {
            throw failure;
        }
        return new SQLException("The driver failed unexpectedly", cause);
    }

    // The driver knows its own objects by their class, for instance an Array that it made.
    private @Nullable Object[] withoutProxies() {
        var plain = arguments.clone();
        for (var i = 0; i < plain.length; i++) {
            if (plain[i] != null
                    && Proxy.isProxyClass(plain[i].getClass())
                    && Proxy.getInvocationHandler(plain[i]) instanceof JdbcHandler handler) {
                plain[i] = handler.target();
            }
        }
        return plain;
    }
}
