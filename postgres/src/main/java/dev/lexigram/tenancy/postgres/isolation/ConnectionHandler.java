package dev.lexigram.tenancy.postgres.isolation;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The connection itself: transactions go to {@link PlainTransaction}, and what changes the session is remembered. */
final class ConnectionHandler extends JdbcHandler {

    private final Connection borrowed;

    ConnectionHandler(Connection borrowed, JdbcProxies proxies) {
        super(borrowed, proxies);
        this.borrowed = borrowed;
    }

    @Override
    @Nullable
    Object handle(JdbcCall call) throws SQLException {
        switch (call.name()) {
            case "createStatement":
                return statement(call, SqlText.ORDINARY);
            case "prepareStatement", "prepareCall":
                return statement(call, SqlText.of(call.first(String.class)));
            case "close":
                transaction().close();
                return null;
            case "abort":
                lease().evict();
                transaction().close();
                return null;
            case "isClosed":
                return lease().isOver() || borrowed.isClosed();
            case "isValid":
                return !lease().isOver() && borrowed.isValid(call.first(Integer.class));
            case "getAutoCommit", "setAutoCommit", "commit", "rollback", "setSavepoint", "releaseSavepoint":
                return transact(call);
            case "getSchema":
                return lease().hasOwnSchema()
                        ? transaction().execute(SqlText.ORDINARY, call::proceed)
                        : configure(call);
            default:
                return configure(call);
        }
    }

    private Statement statement(JdbcCall call, SqlText text) throws SQLException {
        lease().check();
        return proxies().statement(call.proceed(Statement.class), text);
    }

    private @Nullable Object transact(JdbcCall call) throws SQLException {
        switch (call.name()) {
            case "getAutoCommit":
                lease().requireOpen();
                return transaction().isAutoCommit();
            case "setAutoCommit":
                transaction().setAutoCommit(call.first(Boolean.class));
                return null;
            case "commit":
                transaction().commit();
                return null;
            case "setSavepoint":
                return transaction().savepoint(() -> call.proceed(Savepoint.class));
            case "releaseSavepoint":
                transaction().release(call.first(Savepoint.class));
                return null;
            default:
                if (call.hasArguments()) {
                    transaction().rollback(call.first(Savepoint.class));
                } else {
                    transaction().rollback();
                }
                return null;
        }
    }

    private @Nullable Object configure(JdbcCall call) throws SQLException {
        lease().requireOpen();
        lease().beforeChange(call.name());
        return delegate(call);
    }
}
