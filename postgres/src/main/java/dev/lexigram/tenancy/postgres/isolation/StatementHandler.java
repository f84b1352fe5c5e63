package dev.lexigram.tenancy.postgres.isolation;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement, plain, prepared or callable: each execution is bound. */
final class StatementHandler extends JdbcHandler {

    private final Statement statement;
    private final SqlText prepared;
    private SqlText batch = SqlText.ORDINARY;

    StatementHandler(Statement statement, SqlText prepared, JdbcProxies proxies) {
        super(statement, proxies);
        this.statement = statement;
        this.prepared = prepared;
    }

    @Override
    @Nullable
    Object handle(JdbcCall call) throws SQLException {
        if (call.name().startsWith("execute")) {
            return execute(call);
        }
        switch (call.name()) {
            case "addBatch":
                if (call.hasArguments()) {
                    batch = batch.and(SqlText.of(call.first(String.class)));
                }
                return delegate(call);
            case "clearBatch":
                batch = SqlText.ORDINARY;
                return delegate(call);
            case "getConnection":
                lease().requireOpen();
                return proxies().connection();
            case "getMetaData", "getParameterMetaData":
                return lease().hasOwnSchema()
                        ? transaction().execute(SqlText.ORDINARY, () -> delegate(call))
                        : delegate(call);
            case "close", "isClosed":
                return call.proceed();
            default:
                return delegate(call);
        }
    }

    private @Nullable Object execute(JdbcCall call) throws SQLException {
        var result = transaction().execute(text(call), () -> withoutCursor(call));
        return proxies().wrap(result, call.proxy());
    }

    private SqlText text(JdbcCall call) throws SQLException {
        if (call.name().endsWith("Batch")) {
            var texts = batch.and(prepared);
            batch = SqlText.ORDINARY;
            return texts;
        }
        return call.hasArguments() ? SqlText.of(call.first(String.class)) : prepared;
    }

    // A cursor would end with the commit that follows at once; without one all rows are here before it.
    private @Nullable Object withoutCursor(JdbcCall call) throws SQLException {
        var fetchSize = transaction().isAutoCommit() ? statement.getFetchSize() : 0;
        if (fetchSize == 0) {
            return call.proceed();
        }
        statement.setFetchSize(0);
        try {
            return call.proceed();
        } finally {
            if (!statement.isClosed()) {
                statement.setFetchSize(fetchSize);
            }
        }
    }
}
