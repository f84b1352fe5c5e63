package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.tenant.TenantWriteFencedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Lets the holder of a run write and nobody else. Passing it locks the run until the end of the transaction, so that
 * nobody takes it over in between.
 */
final class Fence {

    private static final String PASS = """
            update tenancy.journal
            set lease_until = clock_timestamp() + ? * interval '1 millisecond', updated_at = clock_timestamp()
            where run_id = ? and step = '' and fence_token = ? and state in ('open', 'undoing')
            """;

    private static final String TURN_BACK = """
            update tenancy.journal
            set state = 'undoing', lease_until = clock_timestamp() + ? * interval '1 millisecond',
                updated_at = clock_timestamp()
            where run_id = ? and step = '' and fence_token = ? and state in ('open', 'undoing')
            """;

    private static final String CLOSE = """
            update tenancy.journal
            set state = ?, detail = ?::jsonb, lease_until = null, updated_at = clock_timestamp()
            where run_id = ? and step = '' and fence_token = ? and state in ('open', 'undoing')
            """;

    private static final String CHECK = """
            select from tenancy.journal
            where run_id = ? and step = '' and fence_token = ? and state in ('open', 'undoing')
            for update
            """;

    private Fence() {}

    /** @throws TenantWriteFencedException if another one has the run by now, or it is closed; so do all the others */
    static void pass(Connection connection, LifecycleRun run, Duration lease) throws SQLException {
        check(Sql.update(connection, PASS, lease.toMillis(), run.id(), run.fence()), run);
    }

    static void turnBack(Connection connection, LifecycleRun run, Duration lease) throws SQLException {
        check(Sql.update(connection, TURN_BACK, lease.toMillis(), run.id(), run.fence()), run);
    }

    static void close(Connection connection, LifecycleRun run, boolean failed, String outcome) throws SQLException {
        check(Sql.update(connection, CLOSE, failed ? "failed" : "done", outcome, run.id(), run.fence()), run);
    }

    static void check(Connection connection, LifecycleRun run) throws SQLException {
        var held = Sql.first(connection, CHECK, row -> true, run.id(), run.fence());
        check(held.isPresent() ? 1 : 0, run);
    }

    private static void check(int rows, LifecycleRun run) {
        if (rows == 0) {
            throw TenantWriteFencedException.of(run.tenant().id());
        }
    }
}
