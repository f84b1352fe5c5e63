package dev.lexigram.tenancy.postgres.driver;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandler;
import org.postgresql.core.ResultHandlerDelegate;
import org.postgresql.core.Tuple;

/** Hands on the results of a pipeline but those of the companions, and notes what failed first. */
final class PipelineResults extends ResultHandlerDelegate {

    private final Companions companions;
    private final boolean statusFollowsRows;
    private final FirstFailure first;
    private boolean companionsStatusFollows;

    PipelineResults(ResultHandler application, Companions companions, int flags, FirstFailure first) {
        super(application);
        this.first = first;
        this.companions = companions;
        this.statusFollowsRows = (flags & QueryExecutor.QUERY_BOTH_ROWS_AND_STATUS) != 0;
    }

    // A companion is always described and has no columns, so its completion always comes as rows of which there are
    // none.
    @Override
    public void handleResultRows(Query from, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
        if (companions.include(from)) {
            companionsStatusFollows = statusFollowsRows;
        } else {
            super.handleResultRows(from, fields, tuples, cursor);
        }
    }

    @Override
    public void handleCommandStatus(String status, long updateCount, long insertedId) {
        if (companionsStatusFollows) {
            companionsStatusFollows = false;
        } else {
            super.handleCommandStatus(status, updateCount, insertedId);
        }
    }

    @Override
    public void handleError(SQLException error) {
        first.note(error);
        super.handleError(error);
    }
}
