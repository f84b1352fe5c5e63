package dev.lexigram.tenancy.postgres.isolation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A result: only the captured tenant moves on in it, and what it writes is bound like a statement. */
final class ResultSetHandler extends JdbcHandler {

    private final Object caller;

    ResultSetHandler(ResultSet rows, Object caller, JdbcProxies proxies) {
        super(rows, proxies);
        this.caller = caller;
    }

    @Override
    @Nullable
    Object handle(JdbcCall call) throws SQLException {
        switch (call.name()) {
            case "next", "previous", "first", "last", "absolute", "relative", "beforeFirst", "afterLast":
                lease().check();
                return call.proceed();
            case "updateRow", "insertRow", "deleteRow", "refreshRow":
                return transaction().execute(SqlText.ORDINARY, call::proceed);
            case "getStatement":
                return caller instanceof Statement ? caller : delegate(call);
            case "close", "isClosed":
                return call.proceed();
            default:
                return delegate(call);
        }
    }
}
