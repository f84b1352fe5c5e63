package dev.lexigram.tenancy.postgres.isolation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is borrowed when its first statement is made and not before, as some frameworks have it; until then
 * it only remembers whether it is in autocommit.
 */
final class LateConnection implements InvocationHandler {

    private final Lender lender;
    private boolean autoCommit = true;
    private @Nullable Connection borrowed;

    private LateConnection(Lender lender) {
        this.lender = lender;
    }

    /** Where the connection comes from, at last. */
    interface Lender {
        Connection lend() throws SQLException;
    }

    static Connection of(Lender lender) {
        return (Connection) Proxy.newProxyInstance(
                LateConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, new LateConnection(lender));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (borrowed == null) {
            switch (method.getName()) {
                case "setAutoCommit" -> {
                    autoCommit = (boolean) arguments[0];
                    return null;
                }
                case "commit", "rollback", "close" -> {
                    return null;
                }
                default -> {
                    borrowed = lender.lend();
                    borrowed.setAutoCommit(autoCommit);
                }
            }
        }
        try {
            return method.invoke(borrowed, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
