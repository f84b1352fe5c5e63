package dev.lexigram.tenancy.postgres.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connection that stays open while it is lent out many times, each time to one borrower. */
final class PooledConnection {

    private final Connection connection;

    PooledConnection(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** The connection as one borrower sees it: it ends with {@code close}, and is worth nothing afterwards. */
    Connection lend(Return back) {
        return (Connection) Proxy.newProxyInstance(
                PooledConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new Borrowed(connection, back));
    }

    /** Takes a connection back. */
    interface Return {
        void take(boolean ended) throws SQLException;
    }

    private static final class Borrowed implements InvocationHandler {

        private final Connection connection;
        private final Return back;
        private final AtomicBoolean over = new AtomicBoolean();

        Borrowed(Connection connection, Return back) {
            this.connection = connection;
            this.back = back;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            switch (method.getName()) {
                case "close":
                    if (over.compareAndSet(false, true)) {
                        back.take(connection.isClosed());
                    }
                    return null;
                case "isClosed":
                    return over.get() || connection.isClosed();
                case "equals":
                    return arguments != null && proxy == arguments[0];
                case "hashCode":
                    return System.identityHashCode(proxy);
                case "abort":
                    break; // on any thread, also when it was given back a moment ago
                default:
                    requireOpen();
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        }

        private void requireOpen() throws SQLException {
            if (over.get()) {
                throw new SQLException("This connection has been closed; borrow another one.", "08003");
            }
        }
    }
}
