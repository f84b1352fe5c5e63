package dev.lexigram.tenancy.postgres.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Connections that all break off before the n-th thing that is sent, as when the node dies there. */
public final class Breaking {

    private final AtomicInteger left;

    private Breaking(int calls) {
        this.left = new AtomicInteger(calls);
    }

    static DataSource before(int call, DataSource whole) {
        return new Breaking(call).around(whole);
    }

    /** For several sources of connections, which break off together. */
    public static Breaking before(int call) {
        return new Breaking(call);
    }

    public DataSource around(DataSource whole) {
        return proxy(DataSource.class, whole);
    }

    private <T> T proxy(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    var sends = method.getName().startsWith("execute")
                            || method.getName().equals("commit")
                            || method.getName().equals("getConnection") && target instanceof DataSource;
                    if (sends && left.decrementAndGet() < 0) {
                        if (target instanceof Connection connection) {
                            connection.abort(Runnable::run);
                        }
                        throw new SQLException("The node is dead.", "08006");
                    }
                    try {
                        return wrapped(method.getReturnType(), method.invoke(target, arguments));
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    private Object wrapped(Class<?> type, Object result) {
        return result != null && type.isInterface() && type.getName().startsWith("java.sql.")
                ? proxy(type, result)
                : result;
    }
}
