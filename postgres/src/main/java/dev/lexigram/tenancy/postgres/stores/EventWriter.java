package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.tenant.TenantActivated;
import dev.lexigram.tenancy.tenant.TenantConfigChanged;
import dev.lexigram.tenancy.tenant.TenantDeactivated;
import dev.lexigram.tenancy.tenant.TenantDeleted;
import dev.lexigram.tenancy.tenant.TenantDeletionCancelled;
import dev.lexigram.tenancy.tenant.TenantDeletionScheduled;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioned;
import dev.lexigram.tenancy.tenant.TenantSuspended;
import dev.lexigram.tenancy.tenant.TenantUpdated;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Adds the events of a change to the outbox, in the transaction of the change. */
final class EventWriter {

    // The row lock on the head lasts until the commit, so that sequences have no gap and become visible in order.
    private static final String ADVANCE = """
            update tenancy.tenant_heads set last_sequence = last_sequence + ?
            where tenant_id = ? returning last_sequence
            """;

    private static final String APPEND = """
            insert into tenancy.outbox (event_id, tenant_id, sequence, type, payload)
            values (?, ?, ?, ?, ?::jsonb)
            on conflict (event_id) do nothing
            """;

    // Read after the events were inserted, so that it sees every listener that did not see them (see SqlOutbox).
    private static final String OPEN_LANES = """
            insert into tenancy.outbox_delivery (listener, tenant_id, delivered, stored)
            select listener, ?, ?, ? from tenancy.outbox_listeners order by listener
            on conflict (listener, tenant_id) do update set stored = excluded.stored
            """;

    private EventWriter() {}

    static void check(TenantId id, List<TenantEvent> events) {
        if (events.stream().anyMatch(event -> !event.tenantId().equals(id))) {
            throw new IllegalArgumentException("an event must be of the tenant that is saved with it");
        }
    }

    static void append(Connection connection, TenantId id, List<TenantEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        var last = advance(connection, id, events.size());
        var sequence = last - events.size();
        try (var statement = connection.prepareStatement(APPEND)) {
            for (var event : events) {
                statement.setObject(1, event.eventId());
                statement.setString(2, id.value());
                statement.setLong(3, ++sequence);
                statement.setString(4, event.getClass().getSimpleName());
                statement.setString(5, Json.write(payload(event)));
                if (statement.executeUpdate() == 0) {
                    throw new IllegalArgumentException("event " + event.eventId() + " is stored already");
                }
            }
        }
        openLanes(connection, id, last - events.size(), last);
    }

    private static void openLanes(Connection connection, TenantId id, long before, long last) throws SQLException {
        try (var statement = connection.prepareStatement(OPEN_LANES)) {
            statement.setString(1, id.value());
            statement.setLong(2, before);
            statement.setLong(3, last);
            statement.executeUpdate();
        }
    }

    private static long advance(Connection connection, TenantId id, int count) throws SQLException {
        try (var statement = connection.prepareStatement(ADVANCE)) {
            statement.setInt(1, count);
            statement.setString(2, id.value());
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("a tenant without a head", "02000");
                }
                return rows.getLong(1);
            }
        }
    }

    private static Map<String, Object> payload(TenantEvent event) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("occurredAt", event.occurredAt().toString());
        payload.put("actor", event.actor());
        if (event instanceof TenantProvisioned provisioned) {
            payload.put("slug", provisioned.slug().value());
            if (provisioned.plan() != null) {
                payload.put("plan", provisioned.plan());
            }
        } else if (event instanceof TenantSuspended suspended) {
            payload.put("reason", suspended.reason());
        } else if (event instanceof TenantUpdated updated) {
            payload.put("fields", new TreeSet<>(updated.fields()));
        } else if (event instanceof TenantConfigChanged changed) {
            addConfig(payload, changed);
        } else if (event instanceof TenantDeletionScheduled scheduled) {
            payload.put("policy", scheduled.policy());
            payload.put("purgeAt", scheduled.purgeAt().toString());
        } else if (!(event instanceof TenantActivated
                || event instanceof TenantDeactivated
                || event instanceof TenantDeletionCancelled
                || event instanceof TenantDeleted)) {
            throw new IllegalStateException(
                    "no payload is known for a " + event.getClass().getSimpleName());
        }
        return payload;
    }

    private static void addConfig(Map<String, Object> payload, TenantConfigChanged changed) {
        payload.put("key", changed.key());
        if (changed.oldValue() != null) {
            payload.put("old", changed.oldValue());
        }
        if (changed.newValue() != null) {
            payload.put("new", changed.newValue());
        }
        payload.put("version", changed.version());
    }
}
