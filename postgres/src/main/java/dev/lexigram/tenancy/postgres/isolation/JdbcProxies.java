package dev.lexigram.tenancy.postgres.isolation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Makes the proxies of one lease: everything that leads back to the connection leads to its proxy. */
final class JdbcProxies {

    private final Lease lease;
    private final PlainTransaction transaction;
    private final Connection connection;

    JdbcProxies(Lease lease, PlainTransaction transaction) {
        this.lease = lease;
        this.transaction = transaction;
        this.connection = proxy(Connection.class, new ConnectionHandler(lease.borrowed(), this));
    }

    Connection connection() {
        return connection;
    }

    Lease lease() {
        return lease;
    }

    PlainTransaction transaction() {
        return transaction;
    }

    /** A statement of this text; one without a text of its own gets it with each execution. */
    Statement statement(Statement statement, SqlText text) {
        var handler = new StatementHandler(statement, text, this);
        if (statement instanceof CallableStatement) {
            return proxy(CallableStatement.class, handler);
        }
        return statement instanceof PreparedStatement
                ? proxy(PreparedStatement.class, handler)
                : proxy(Statement.class, handler);
    }

    /** The result of a call as the application may have it. */
    @Nullable
    Object wrap(@Nullable Object result, Object caller) {
        if (result instanceof ResultSet rows) {
            return proxy(ResultSet.class, new ResultSetHandler(rows, caller, this));
        }
        if (result instanceof Statement statement) {
            return statement(statement, SqlText.ORDINARY);
        }
        if (result instanceof Array array) {
            return proxy(Array.class, new DelegatingHandler(array, this));
        }
        if (result instanceof DatabaseMetaData metaData) {
            return proxy(DatabaseMetaData.class, new DelegatingHandler(metaData, this));
        }
        if (result instanceof Connection) {
            return connection;
        }
        if ((result instanceof Blob || result instanceof Clob) && !lease.lets()) {
            throw lease.refuse("Large objects are not confined by row-level policies; use bytea or text.");
        }
        return result;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(JdbcProxies.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
