package dev.lexigram.tenancy.postgres.driver;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
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
    private final Map<CompanionTexts, Companions> known = new HashMap<>(); // one for each way to bind: two
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
        var wanted = known.get(texts);
        if (wanted == null) {
            wanted = new Companions(executor, texts);
            wanted.setValue(value);
            if (named && executor.getTransactionState() == TransactionState.IDLE) {
                wanted.prepare(executor);
            }
            known.put(texts, wanted);
        }
        wanted.setValue(value);
        companions = wanted;
    }

    /** From now on the companions carry this value. */
    void setValue(String value) throws SQLException {
        equipped().setValue(value);
    }

    boolean decideNames() {
        return equipped().decideNames();
    }

    void run(Script script, Work work, Execution how, FirstFailure first) throws SQLException {
        var statements = work.statements();
        var pipeline = pipeline(statements.length + script.companions());
        try {
            fill(pipeline, script, work, isSimple(how.flags()));
            assumeRowSizes(script, work, 0);
            how.with(new PipelineResults(how.results(), equipped(), how.flags(), first))
                    .without(QueryExecutor.QUERY_NO_METADATA)
                    .run(executor, pipeline, pipeline.parameters());
        } finally {
            pipeline.clear();
            assumeRowSizes(script, work, null);
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
        equipped().addLead(script.before(0), isSimple(0), pipeline);
        var flags = autoCommit ? SILENT : QueryExecutor.QUERY_NO_RESULTS;
        executor.execute(pipeline, pipeline.parameters(), new Silence(), 0, 0, flags);
    }

    /** Whether what is sent would be more than one transaction: in simple mode, or with a Sync in between. */
    boolean wouldBreakUp(Script script, Work work, Execution how) {
        if (how.has(QueryExecutor.QUERY_EXECUTE_AS_SIMPLE) || executor.getPreferQueryMode() == PreferQueryMode.SIMPLE) {
            return true;
        }
        if (work instanceof Work.One) {
            return false;
        }
        var replies = 2 * REPLY;
        var statements = work.statements();
        for (var index = 0; index < statements.length; index++) {
            var known = statements[index].isStatementDescribed() && !isAssumed(script, work, index);
            var row = known ? DriverInternals.rowSize(statements[index]) : 0;
            if (row < 0) {
                return true;
            }
            replies += REPLY + row;
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

    private boolean isSimple(int flags) {
        return (flags & QueryExecutor.QUERY_EXECUTE_AS_SIMPLE) != 0
                || executor.getPreferQueryMode() == PreferQueryMode.SIMPLE;
    }

    private void commit(Script.Lead lead, int flags) throws SQLException {
        var pipeline = pipeline(2);
        try {
            pipeline.setText("COMMIT");
            equipped().addLead(lead, isSimple(flags), pipeline);
            pipeline.add(commit, null);
            executor.execute(pipeline, pipeline.parameters(), new Silence(), 0, 0, flags | SILENT);
        } finally {
            pipeline.clear();
        }
    }

    private void fill(Pipeline pipeline, Script script, Work work, boolean simply) {
        var present = equipped();
        var statements = work.statements();
        pipeline.setText(statements[0].getNativeSql());
        for (var index = 0; index < statements.length; index++) {
            present.addLead(script.before(index), simply, pipeline);
            pipeline.add(statements[index], work.parameters(index));
        }
        present.addLead(script.end(), simply, pipeline);
    }

    private static void assumeRowSizes(Script script, Work work, @Nullable Integer bytes) {
        var statements = work.statements();
        for (var index = 0; index < statements.length; index++) {
            if (statements[index].isStatementDescribed() && isAssumed(script, work, index)) {
                DriverInternals.assumeRowSize(statements[index], bytes);
            }
        }
    }

    // What follows a companion needs no Sync before it. The entries of a batch do, as they are many, and a text of
    // several
    // statements does, unless it begins and ends transactions.
    private static boolean isAssumed(Script script, Work work, int statement) {
        return !(work instanceof Work.Batch)
                && (script.before(statement) != Script.Lead.NOTHING || !script.isOneTransaction());
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
