package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.stores.LifecycleJournal;
import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.stores.LifecycleRun.Kind;
import dev.lexigram.tenancy.stores.RunOpening;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The journal in table {@code tenancy.journal}; leases are measured by the database's clock. */
final class SqlLifecycleJournal implements LifecycleJournal {

    private static final String OPEN = """
            insert into tenancy.journal (run_id, step, tenant_id, kind, state, lease_until)
            values (?, '', ?, ?, 'open', clock_timestamp() + ? * interval '1 millisecond')
            on conflict do nothing
            """;

    private static final String CREATION =
            "select tenant_id, idempotency_digest from tenancy.tenants where idempotency_key = ?";

    private static final String STEP_DONE = """
            insert into tenancy.journal (run_id, step, tenant_id, kind, state, detail, fence_token, position)
            select run_id, ?, tenant_id, kind, 'done', ?::jsonb, fence_token,
                   (select count(*) from tenancy.journal where run_id = head.run_id)
            from tenancy.journal head where run_id = ? and step = ''
            on conflict (run_id, step) do update
            set state = 'done', detail = excluded.detail, fence_token = excluded.fence_token,
                updated_at = clock_timestamp()
            """;

    private static final String STEP_UNDONE = """
            update tenancy.journal set state = 'undone', updated_at = clock_timestamp() where step = ? and run_id = ?
            """;

    // An overtaken run is passed over, not waited for; a failing one comes back after all others.
    private static final String TAKE_OVER = """
            update tenancy.journal
            set fence_token = fence_token + 1, lease_until = clock_timestamp() + ? * interval '1 millisecond',
                updated_at = clock_timestamp()
            where step = '' and run_id = (
                select run_id from tenancy.journal
                where step = '' and state in ('open', 'undoing') and kind in ('provision', 'purge')
                  and lease_until <= clock_timestamp()
                order by lease_until limit 1
                for update skip locked)
            returning run_id, tenant_id, kind, fence_token, state
            """;

    private static final String STEPS =
            "select step, detail from tenancy.journal where run_id = ? and state = 'done' and step <> '' order by position";

    private static final String IS_OPEN =
            "select from tenancy.journal where tenant_id = ? and step = '' and state in ('open', 'undoing')";

    private static final String OUTCOME = """
            select detail from tenancy.journal
            where tenant_id = ? and kind = ? and step = '' and state in ('done', 'failed')
            order by started_at desc limit 1
            """;

    private final ControlPlaneDatabase database;

    SqlLifecycleJournal(ControlPlaneDatabase database) {
        this.database = database;
    }

    @Override
    public LifecycleRun begin(RunOpening opening) {
        return database.write(
                connection -> begin(connection, opening),
                failure -> TenantWriter.told(failure, opening.tenant(), opening.expectedVersion()));
    }

    private static LifecycleRun begin(Connection connection, RunOpening opening) throws SQLException {
        var id = opening.tenant().id();
        if (opening.kind() == Kind.PURGE) {
            SqlTenantDeletions.checkNotHeld(connection, id);
        }
        var tenant = TenantWriter.save(
                connection, opening.tenant(), opening.expectedVersion(), opening.events(), opening.key());
        if (opening.terms().isPresent()) {
            SqlTenantDeletions.agree(connection, id, opening.terms().get());
        }
        var opened = Sql.update(
                connection,
                OPEN,
                opening.id(),
                id.value(),
                name(opening.kind()),
                opening.lease().toMillis());
        if (opened == 0) {
            throw TenantStateException.of(id, "has unfinished work", "wait until it has ended");
        }
        return new LifecycleRun(opening.id(), opening.kind(), tenant, 1, false, Map.of());
    }

    @Override
    public Optional<KeyedCreation> findCreation(String key) {
        return database.read(connection -> Sql.first(
                connection, CREATION, row -> new KeyedCreation(TenantId.of(row.getString(1)), row.getString(2)), key));
    }

    @Override
    public void renew(LifecycleRun run, Duration lease) {
        database.write(connection -> {
            Fence.pass(connection, run, lease);
            return true;
        });
    }

    @Override
    public void stepDone(LifecycleRun run, String step, Map<String, Object> found, Duration lease) {
        database.write(connection -> {
            Fence.pass(connection, run, lease);
            return Sql.update(connection, STEP_DONE, step, Json.write(found), run.id());
        });
    }

    @Override
    public void turnBack(LifecycleRun run, Duration lease) {
        database.write(connection -> {
            Fence.turnBack(connection, run, lease);
            return true;
        });
    }

    @Override
    public void stepUndone(LifecycleRun run, String step, Duration lease) {
        database.write(connection -> {
            Fence.pass(connection, run, lease);
            return Sql.update(connection, STEP_UNDONE, step, run.id());
        });
    }

    @Override
    public Tenant finish(LifecycleRun run, Tenant tenant, List<TenantEvent> events, Map<String, Object> outcome) {
        var version = run.tenant().version();
        return database.write(
                connection -> {
                    var saved = save(connection, run, tenant, events);
                    Fence.close(connection, run, tenant.status() == TenantStatus.FAILED, Json.write(outcome));
                    return saved;
                },
                failure -> TenantWriter.told(failure, tenant, version));
    }

    /** The tenant before the run, the order of locks in which runs begin. */
    private static Tenant save(Connection connection, LifecycleRun run, Tenant tenant, List<TenantEvent> events)
            throws SQLException {
        try {
            return TenantWriter.save(connection, tenant, run.tenant().version(), events, Optional.empty());
        } catch (TenantConflictException overtaken) {
            Fence.check(connection, run);
            throw overtaken;
        }
    }

    @Override
    public Optional<LifecycleRun> takeOver(Duration lease) {
        return database.write(connection -> {
            var head = Sql.first(
                    connection,
                    TAKE_OVER,
                    row -> new Head(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            kind(row.getString(3)),
                            row.getLong(4),
                            row.getString(5).equals("undoing")),
                    lease.toMillis());
            return head.isPresent() ? Optional.of(run(connection, head.get())) : Optional.empty();
        });
    }

    private static LifecycleRun run(Connection connection, Head head) throws SQLException {
        var tenant = Sql.first(connection, SqlTenantStore.BY_ID, TenantRow::read, head.tenant())
                .orElseThrow(() -> new SQLException("a run without a tenant", "02000"));
        var done = new LinkedHashMap<String, Map<String, Object>>();
        Sql.each(connection, STEPS, row -> done.put(row.getString(1), Json.readMap(row.getString(2))), head.id());
        return new LifecycleRun(head.id(), head.kind(), tenant, head.fence(), head.undoing(), done);
    }

    @Override
    public boolean isOpen(TenantId id) {
        return database.read(connection -> Sql.first(connection, IS_OPEN, row -> true, id.value()))
                .isPresent();
    }

    @Override
    public Optional<Map<String, Object>> outcome(TenantId id, Kind kind) {
        return database.read(connection ->
                Sql.first(connection, OUTCOME, row -> Json.readMap(row.getString(1)), id.value(), name(kind)));
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case PROVISION -> "provision";
            case PURGE -> "purge";
        };
    }

    private static Kind kind(String name) {
        return name.equals("purge") ? Kind.PURGE : Kind.PROVISION;
    }

    private record Head(UUID id, String tenant, Kind kind, long fence, boolean undoing) {}
}
