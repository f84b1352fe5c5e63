package dev.lexigram.tenancy.postgres.driver;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultHandler;

/** How something is to be executed, beside what. The flags are those of {@link QueryExecutor}. */
record Execution(ResultHandler results, int maxRows, int fetchSize, int flags, boolean adaptiveFetch) {

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    Execution with(ResultHandler results) {
        return new Execution(results, maxRows, fetchSize, flags, adaptiveFetch);
    }

    Execution with(int flag) {
        return new Execution(results, maxRows, fetchSize, flags | flag, adaptiveFetch);
    }

    Execution without(int flag) {
        return new Execution(results, maxRows, fetchSize, flags & ~flag, adaptiveFetch);
    }

    void run(QueryExecutor executor, Query query, @Nullable ParameterList parameters) throws SQLException {
        executor.execute(query, parameters, results, maxRows, fetchSize, flags, adaptiveFetch);
    }
}
