package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.stores.OutboxBatch;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes lanes for a listener and reads their next events. Used once, within one transaction. */
final class OutboxClaim {

    // A lane whose node died is due again when its lease is over.
    private static final String TAKE = """
            with due as (
                select listener, tenant_id from tenancy.outbox_delivery
                where listener = ? and delivered < stored and parked_at is null and next_at <= clock_timestamp()
                order by next_at limit ? for update skip locked)
            update tenancy.outbox_delivery d
            set lease = ?, next_at = clock_timestamp() + ? * interval '1 millisecond'
            from due where d.listener = due.listener and d.tenant_id = due.tenant_id
            returning d.tenant_id, d.delivered, d.attempts
            """;

    private static final String EVENTS = """
            select event_id, tenant_id, sequence, type, payload from tenancy.outbox
            where tenant_id = ? and sequence > ? order by sequence limit 100
            """;

    private record Lane(TenantId tenant, long delivered, int attempts) {}

    private final Connection connection;
    private final String listener;

    OutboxClaim(Connection connection, String listener) {
        this.connection = connection;
        this.listener = listener;
    }

    List<OutboxBatch> take(Duration lease, int limit) throws SQLException {
        var id = UUID.randomUUID();
        var batches = new ArrayList<OutboxBatch>();
        for (var lane : lanes(id, lease, limit)) {
            batches.add(batch(lane, id));
        }
        return batches;
    }

    private List<Lane> lanes(UUID id, Duration lease, int limit) throws SQLException {
        try (var statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, listener);
            statement.setInt(2, limit);
            statement.setObject(3, id);
            statement.setLong(4, lease.toMillis());
            try (var rows = statement.executeQuery()) {
                var lanes = new ArrayList<Lane>();
                while (rows.next()) {
                    lanes.add(new Lane(TenantId.of(rows.getString(1)), rows.getLong(2), rows.getInt(3)));
                }
                return lanes;
            }
        }
    }

    private OutboxBatch batch(Lane lane, UUID id) throws SQLException {
        var events = new ArrayList<TenantEvent>();
        var obstacle = events(lane, events);
        return new OutboxBatch(listener, lane.tenant, id, lane.delivered, lane.attempts, events, obstacle);
    }

    /** Adds the events up to the first that cannot be read; says why that one cannot. */
    private Optional<String> events(Lane lane, List<TenantEvent> events) throws SQLException {
        try (var statement = connection.prepareStatement(EVENTS)) {
            statement.setString(1, lane.tenant.value());
            statement.setLong(2, lane.delivered);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getLong("sequence") != lane.delivered + events.size() + 1) {
                        return Optional.of("missing event");
                    }
                    try {
                        events.add(EventReader.read(rows));
                    } catch (RuntimeException unreadable) {
                        return Optional.of("unreadable event");
                    }
                }
            }
        }
        return events.isEmpty() ? Optional.of("missing event") : Optional.empty();
    }
}
