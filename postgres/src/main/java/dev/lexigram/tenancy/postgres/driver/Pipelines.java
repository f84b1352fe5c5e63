package dev.lexigram.tenancy.postgres.driver;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PreferQueryMode;

/** Sends statements together with their companions, in one write wherever the driver lets them stay together. */
final class Pipelines {

    // As the driver estimates: from so many bytes of replies on it sends a Sync between statements, and reads first.
    private static final int REPLIES_BEFORE_SYNC = 64_000;
    private static final int REPLY = 250;
    private static final int KEPT = QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE;
    private static final int SILENT = QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_NO_RESULTS;

    private final QueryExecutor executor;
    private final Query commit;
    private final Query rollback;
    private @Nullable Companions companions;
    private @Nullable Pipeline pair;
    private @Nullable Pipeline triple;

    Pipelines(QueryExecutor executor) throws SQLException {
        this.executor = executor;
        this.commit = executor.createQuery("COMMIT", false, true).query;
        this.rollback = executor.createQuery("ROLLBACK", false, true).query;
    }

    /** Takes these companions along from now on, with this value. */
    void equip(CompanionTexts texts, String value, boolean named) throws SQLException {
        var present = companions;
        if (present != null && present.are(texts)) {
            present.setValue(value);
            return;
        }
        var fresh = new Companions(executor, texts);
        fresh.setValue(value);
        if (named && executor.getTransactionState() == TransactionState.IDLE) {
            fresh.prepare(executor);
        }
        companions = fresh;
    }

    void run(Script script, Work work, Execution how, FirstFailure first) throws SQLException {
        var statements = work.statements();
        var pipeline = pipeline(statements.length + script.companions());
        var leader = leader(script, work);
        try {
            fill(pipeline, script, work);
            if (leader != null) {
                DriverInternals.assumeRowSize(leader, 0);
            }
            how.with(new PipelineResults(how.results(), equipped(), how.flags(), first))
                    .without(QueryExecutor.QUERY_NO_METADATA)
                    .run(executor, pipeline, pipeline.parameters());
        } finally {
            pipeline.clear();
            if (leader != null) {
                DriverInternals.assumeRowSize(leader, null);
            }
        }
    }

    /** In a transaction that is begun and committed for it, one round trip more than without. */
    void runInTransaction(Script script, Work work, Execution how, FirstFailure first) throws SQLException {
        var committed = false;
        try {
            var inside = how.without(QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_READ_ONLY_HINT);
            run(script.withoutEnd(), work, inside, first);
            commit(script.end(), how.flags() & KEPT);
            committed = true;
        } finally {
            if (!committed) {
                rollback();
            }
        }
    }

    /** The companions alone, before something that cannot travel with them. */
    void runCompanions(Script script, boolean autoCommit) throws SQLException {
        var pipeline = new Pipeline(1, equipped().none());
        equipped().addLead(script.before(0), pipeline);
        var flags = autoCommit ? SILENT : QueryExecutor.QUERY_NO_RESULTS;
        executor.execute(pipeline, pipeline.parameters(), new Silence(), 0, 0, flags);
    }

    /** Whether what is sent would be more than one transaction: in simple mode, or with a Sync in between. */
    boolean wouldBreakUp(Work work, Execution how) {
        if (how.has(QueryExecutor.QUERY_EXECUTE_AS_SIMPLE) || executor.getPreferQueryMode() == PreferQueryMode.SIMPLE) {
            return true;
        }
        if (work instanceof Work.One) {
            return false;
        }
        var replies = 2 * REPLY;
        var spared = leaderIsSpared(work) ? 0 : -1;
        var statements = work.statements();
        for (var index = 0; index < statements.length; index++) {
            var row = statements[index].isStatementDescribed() ? DriverInternals.rowSize(statements[index]) : 0;
            if (row < 0 && index != spared) {
                return true;
            }
            replies += REPLY + Math.max(row, 0);
        }
        return replies >= REPLIES_BEFORE_SYNC;
    }

    void rollback() {
        if (executor.isClosed() || executor.getTransactionState() == TransactionState.IDLE) {
            return;
        }
        try {
            executor.execute(rollback, null, new Silence(), 0, 0, SILENT);
        } catch (SQLException failure) {
            executor.abort();
        }
    }

    private void commit(Script.Lead lead, int flags) throws SQLException {
        var pipeline = pipeline(2);
        try {
            pipeline.setText("COMMIT");
            equipped().addLead(lead, pipeline);
            pipeline.add(commit, null);
            executor.execute(pipeline, pipeline.parameters(), new Silence(), 0, 0, flags | SILENT);
        } finally {
            pipeline.clear();
        }
    }

    private void fill(Pipeline pipeline, Script script, Work work) {
        var present = equipped();
        var statements = work.statements();
        pipeline.setText(statements[0].getNativeSql());
        for (var index = 0; index < statements.length; index++) {
            present.addLead(script.before(index), pipeline);
            pipeline.add(statements[index], work.parameters(index));
        }
        present.addLead(script.end(), pipeline);
    }

    /** The statement that the driver would send without a Sync before it, if something travelled in front of it. */
    private static @Nullable Query leader(Script script, Work work) {
        var first = work.statements()[0];
        return leaderIsSpared(work) && script.before(0) != Script.Lead.NOTHING && first.isStatementDescribed()
                ? first
                : null;
    }

    // The entries of a batch are often the same statement, whose other executions need the size of its rows.
    private static boolean leaderIsSpared(Work work) {
        return !(work instanceof Work.Batch);
    }

    private Pipeline pipeline(int statements) {
        return switch (statements) {
            case 2 -> pair = pair == null ? new Pipeline(2, equipped().none()) : pair;
            case 3 -> triple = triple == null ? new Pipeline(3, equipped().none()) : triple;
            default -> new Pipeline(statements, equipped().none());
        };
    }

    private Companions equipped() {
        if (companions == null) {
            throw new IllegalStateException("The connection has not been borrowed.");
        }
        return companions;
    }
}
