package dev.lexigram.tenancy.postgres.isolation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection, statement or result of an application that is observed: everything is left as it is, but what the
 * observing policies tell in a call is recorded after it and kept from the application.
 */
final class ObservedJdbc implements InvocationHandler {

    private static final @Nullable Object[] NO_ARGUMENTS = {};

    private final Object target;
    private final @Nullable Object parent;
    private final ToldWarnings told;

    private ObservedJdbc(Object target, @Nullable Object parent, ToldWarnings told) {
        this.target = target;
        this.parent = parent;
        this.told = told;
    }

    static Connection of(Connection connection, Observer observer) {
        return proxy(Connection.class, connection, null, ToldWarnings.of(connection, observer));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
            throws SQLException {
        var call = new JdbcCall(proxy, target, method, given == null ? NO_ARGUMENTS : given);
        switch (call.name()) {
            case "equals":
                return isSame(call.arguments()[0]);
            case "hashCode":
                return System.identityHashCode(target);
            case "isWrapperFor":
                return call.first(Class.class).isInstance(proxy) || Boolean.TRUE.equals(call.proceed());
            case "unwrap":
                return call.first(Class.class).isInstance(proxy) ? proxy : call.proceed();
            case "getWarnings":
                return warnings(call);
            case "clearWarnings":
                told.forget();
                return call.proceed();
            case "close", "abort":
                told.collect();
                return call.proceed();
            case "getConnection", "getStatement":
                return parent == null ? wrapped(call.proceed(), proxy) : parent;
            default:
                return observed(call);
        }
    }

    private @Nullable Object observed(JdbcCall call) throws SQLException {
        var executes = call.name().startsWith("execute");
        if (executes) {
            told.forget(); // as the driver does
        }
        try {
            return wrapped(call.proceed(), call.proxy());
        } finally {
            if (executes || !call.name().startsWith("get") && !call.name().startsWith("set")) {
                told.collect();
            }
        }
    }

    private @Nullable SQLWarning warnings(JdbcCall call) throws SQLException {
        call.proceed(); // complains if it is closed
        told.collect();
        return told.others();
    }

    private @Nullable Object wrapped(@Nullable Object result, Object caller) {
        var observer = told.observer();
        if (result instanceof CallableStatement statement) {
            return proxy(CallableStatement.class, statement, caller, ToldWarnings.of(statement, observer));
        }
        if (result instanceof PreparedStatement statement) {
            return proxy(PreparedStatement.class, statement, caller, ToldWarnings.of(statement, observer));
        }
        if (result instanceof Statement statement) {
            return proxy(Statement.class, statement, caller, ToldWarnings.of(statement, observer));
        }
        if (result instanceof ResultSet rows) {
            var from = caller instanceof Statement ? caller : null; // rows of metadata know their own statement
            return proxy(ResultSet.class, rows, from, ToldWarnings.of(rows, observer));
        }
        return result instanceof Connection connection ? of(connection, observer) : result;
    }

    private boolean isSame(@Nullable Object other) {
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof ObservedJdbc observed
                && observed.target == target;
    }

    private static <T> T proxy(Class<T> type, T target, @Nullable Object parent, ToldWarnings told) {
        var handler = new ObservedJdbc(target, parent, told);
        return type.cast(Proxy.newProxyInstance(ObservedJdbc.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
