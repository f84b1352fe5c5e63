package dev.lexigram.tenancy.postgres.driver;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.BatchResultHandler;

/** What the application has executed: the single statements, each with its parameters. */
sealed interface Work {

    Query[] statements();

    /** The parameters of one of the statements; none is a list of its own. */
    @Nullable
    Object parameters(int statement);

    /** Executes it as the driver does. */
    void run(QueryExecutor executor, Execution how) throws SQLException;

    default Script plan(Escort escort, TransactionState state, boolean autoCommit) throws SQLException {
        var statements = statements();
        return statements.length == 1
                ? escort.plan(statements[0].getNativeSql(), state, autoCommit)
                : escort.plan(
                        Arrays.stream(statements).map(Query::getNativeSql).toArray(String[]::new), state, autoCommit);
    }

    static Work of(Query query, @Nullable ParameterList parameters) {
        var several = query.getSubqueries();
        return several == null ? new One(query, parameters) : new Several(query, several, parameters);
    }

    /** One statement. */
    record One(Query query, @Nullable ParameterList its) implements Work {

        @Override
        public Query[] statements() {
            return new Query[] {query};
        }

        @Override
        public @Nullable Object parameters(int statement) {
            return its;
        }

        @Override
        public void run(QueryExecutor executor, Execution how) throws SQLException {
            how.run(executor, query, its);
        }
    }

    /** A text of several statements. */
    record Several(
            Query whole, Query[] statements, @Nullable ParameterList all) implements Work {

        @Override
        public @Nullable Object parameters(int statement) {
            var parts = all == null ? null : DriverInternals.parts(all);
            return parts == null ? null : parts[statement];
        }

        @Override
        public void run(QueryExecutor executor, Execution how) throws SQLException {
            how.run(executor, whole, all);
        }
    }

    /** A batch. */
    record Batch(Query[] statements, @Nullable ParameterList[] lists) implements Work {

        @Override
        public @Nullable Object parameters(int statement) {
            return lists[statement];
        }

        @Override
        public void run(QueryExecutor executor, Execution how) throws SQLException {
            executor.execute(
                    statements,
                    lists,
                    (BatchResultHandler) how.results(),
                    how.maxRows(),
                    how.fetchSize(),
                    how.flags(),
                    how.adaptiveFetch());
        }
    }
}
