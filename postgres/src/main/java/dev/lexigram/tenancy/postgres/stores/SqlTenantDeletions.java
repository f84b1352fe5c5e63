package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.stores.LifecycleRun;
import dev.lexigram.tenancy.stores.TenantDeletions;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantStateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletions in the columns of {@code tenancy.tenants}; graces and quarantines end by the database's clock. */
final class SqlTenantDeletions implements TenantDeletions {

    /** Goes with a tenant. What the control plane keeps beside it is its name, place, head and events. */
    private static final List<String> ERASED = List.of("tenant_members", "tenant_configs");

    private static final String NOW = "select clock_timestamp() as now";

    private static final String AGREE =
            "update tenancy.tenants set delete_policy = ?, purge_at = ? where tenant_id = ?";

    private static final String TERMS = """
            select delete_policy, purge_at from tenancy.tenants
            where tenant_id = ? and status = 'deleting' and purge_at is not null
            """;

    private static final String DUE = """
            select t.tenant_id from tenancy.tenants t
            where t.status = 'deleting' and t.purge_at <= clock_timestamp() and t.legal_hold is null
              and not exists (
                  select from tenancy.journal j
                  where j.tenant_id = t.tenant_id and j.step = '' and j.state in ('open', 'undoing'))
            order by t.purge_at limit ?
            """;

    private static final String LOCK = "select status from tenancy.tenants where tenant_id = ? for update";

    private static final String LOCKED_HOLD = "select legal_hold from tenancy.tenants where tenant_id = ? for update";

    private static final String IS_PURGED = """
            select from tenancy.journal
            where tenant_id = ? and step = '' and kind = 'purge' and state in ('open', 'undoing')
            """;

    private static final String SET_HOLD = "update tenancy.tenants set legal_hold = ? where tenant_id = ?";

    private static final String RELEASE = "update tenancy.tenants set legal_hold = null where tenant_id = ?";

    private static final String HOLD =
            "select legal_hold from tenancy.tenants where tenant_id = ? and legal_hold is not null";

    private static final String ERASE = "delete from tenancy.%s where tenant_id = ?";

    private static final String QUARANTINE = """
            update tenancy.tenant_names set held_until = clock_timestamp() + ? * interval '1 millisecond'
            where tenant_id = ? and kind <> 'id' and held_until is null
            """;

    private static final String RELEASE_NAMES = """
            delete from tenancy.tenant_names n using tenancy.tenants t
            where n.held_until <= clock_timestamp() and n.kind <> 'id'
              and t.tenant_id = n.tenant_id and t.status = 'deleted'
            """;

    private final ControlPlaneDatabase database;

    SqlTenantDeletions(ControlPlaneDatabase database) {
        this.database = database;
    }

    /** In the transaction of a removal that begins; the tenant's row stays locked until its end. */
    static void checkNotHeld(Connection connection, TenantId id) throws SQLException {
        var hold = Sql.first(connection, LOCKED_HOLD, row -> Optional.ofNullable(row.getString(1)), id.value());
        if (hold.isPresent() && hold.get().isPresent()) {
            throw TenantStateException.of(id, "is held: " + hold.get().get(), "end the legal hold first");
        }
    }

    static void agree(Connection connection, TenantId id, Terms terms) throws SQLException {
        Sql.update(connection, AGREE, terms.policy(), TenantRow.time(terms.purgeAt()), id.value());
    }

    @Override
    public Instant now() {
        return database.read(connection -> Sql.first(connection, NOW, row -> TenantRow.instant(row, "now")))
                .orElseThrow();
    }

    @Override
    public Tenant schedule(Tenant tenant, long expectedVersion, List<TenantEvent> events, Terms terms) {
        return database.write(
                connection -> {
                    var saved = TenantWriter.save(connection, tenant, expectedVersion, events, Optional.empty());
                    agree(connection, tenant.id(), terms);
                    return saved;
                },
                failure -> TenantWriter.told(failure, tenant, expectedVersion));
    }

    @Override
    public Optional<Terms> terms(TenantId id) {
        return database.read(connection -> Sql.first(
                connection,
                TERMS,
                row -> new Terms(row.getString("delete_policy"), TenantRow.instant(row, "purge_at")),
                id.value()));
    }

    @Override
    public List<TenantId> due(int limit) {
        return database.read(connection -> {
            var due = new ArrayList<TenantId>();
            Sql.each(connection, DUE, row -> due.add(TenantId.of(row.getString(1))), limit);
            return List.copyOf(due);
        });
    }

    @Override
    public void hold(TenantId id, String reason) {
        database.write(connection -> {
            var status = Sql.first(connection, LOCK, row -> row.getString(1), id.value())
                    .orElseThrow(() -> TenantNotFoundException.of(id));
            // Only now: a removal that began while this waited for the row must be seen.
            var purged = Sql.first(connection, IS_PURGED, row -> true, id.value());
            if (purged.isPresent() || status.equals("deleted")) {
                throw TenantStateException.of(id, "is being removed already", "restore it from a backup");
            }
            return Sql.update(connection, SET_HOLD, reason, id.value());
        });
    }

    @Override
    public void release(TenantId id) {
        database.write(connection -> Sql.update(connection, RELEASE, id.value()));
    }

    @Override
    public Optional<String> heldBecause(TenantId id) {
        return database.read(connection -> Sql.first(connection, HOLD, row -> row.getString(1), id.value()));
    }

    @Override
    public Map<String, Long> erase(LifecycleRun run, Duration quarantine) {
        var id = run.tenant().id().value();
        return database.write(connection -> {
            Fence.check(connection, run);
            var removed = new LinkedHashMap<String, Long>();
            for (var table : ERASED) {
                var erase = ERASE.formatted(table);
                removed.put(table, (long) Sql.update(connection, erase, id));
            }
            Sql.update(connection, QUARANTINE, quarantine.toMillis(), id);
            return removed;
        });
    }

    @Override
    public int releaseNames() {
        return database.write(connection -> Sql.update(connection, RELEASE_NAMES));
    }
}
