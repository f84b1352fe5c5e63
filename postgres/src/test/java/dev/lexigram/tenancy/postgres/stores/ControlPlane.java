package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.stores.ConfigValue;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
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
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A look into the tables of the control plane, past the store. */
final class ControlPlane {

    static final List<String> TABLES = List.of(
            "schema_version",
            "tenants",
            "tenant_names",
            "placements",
            "tenant_heads",
            "tenant_configs",
            "tenant_members",
            "outbox",
            "journal");

    private ControlPlane() {}

    /** The store of this database, over a connection for each call, without any row. */
    static SqlTenantStore emptyStore(TestDatabase database) {
        var store = SqlTenantStore.of(database.as(Role.CONTROL));
        database.execute(
                Role.CONTROL,
                "truncate tenancy.tenants, tenancy.tenant_names, tenancy.placements, tenancy.tenant_heads,"
                        + " tenancy.tenant_configs, tenancy.tenant_members, tenancy.outbox, tenancy.journal");
        return store;
    }

    /** Back to an empty schema, as before the first start. */
    static void dropAll(TestDatabase database) {
        TABLES.forEach(table -> database.execute(Role.CONTROL, "drop table if exists tenancy." + table + " cascade"));
    }

    /** Everything that a failure says, its causes and what they suppressed included. */
    static String everythingSaid(Throwable failure) {
        var said = new StringWriter();
        failure.printStackTrace(new PrintWriter(said));
        return said.toString();
    }

    /** The first column of the first row, as text. */
    static String text(TestDatabase database, String sql) {
        try (var connection = database.as(Role.SUPERUSER).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static List<TenantEvent> events(TestDatabase database) {
        try (var connection = database.as(Role.CONTROL).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select * from tenancy.outbox order by tenant_id, sequence")) {
            var events = new ArrayList<TenantEvent>();
            while (rows.next()) {
                events.add(event(rows));
            }
            return events;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static TenantEvent event(ResultSet row) throws SQLException {
        var id = row.getObject("event_id", UUID.class);
        var tenant = TenantId.of(row.getString("tenant_id"));
        var sequence = row.getLong("sequence");
        var payload = Json.readMap(row.getString("payload"));
        var at = Instant.parse((String) payload.get("occurredAt"));
        var actor = (String) payload.get("actor");
        var type = row.getString("type");
        return switch (type) {
            case "TenantProvisioned" ->
                new TenantProvisioned(id, tenant, sequence, at, actor, Slug.of((String) payload.get("slug")), (String)
                        payload.get("plan"));
            case "TenantSuspended" ->
                new TenantSuspended(id, tenant, sequence, at, actor, (String) payload.get("reason"));
            case "TenantUpdated" -> new TenantUpdated(id, tenant, sequence, at, actor, fields(payload.get("fields")));
            case "TenantActivated" -> new TenantActivated(id, tenant, sequence, at, actor);
            case "TenantDeletionScheduled" ->
                new TenantDeletionScheduled(
                        id, tenant, sequence, at, actor, (String) payload.get("policy"), Instant.parse((String)
                                payload.get("purgeAt")));
            case "TenantDeletionCancelled" -> new TenantDeletionCancelled(id, tenant, sequence, at, actor);
            case "TenantDeleted" -> new TenantDeleted(id, tenant, sequence, at, actor);
            case "TenantDeactivated" -> new TenantDeactivated(id, tenant, sequence, at, actor);
            case "TenantConfigChanged" ->
                new TenantConfigChanged(
                        id,
                        tenant,
                        sequence,
                        at,
                        actor,
                        (String) payload.get("key"),
                        value(payload.get("old")),
                        value(payload.get("new")),
                        ((Number) payload.get("version")).longValue());
            default -> throw new IllegalStateException(type);
        };
    }

    private static Object value(Object told) {
        return told == null ? null : ConfigValue.of(told).value();
    }

    private static Set<String> fields(Object fields) {
        var names = new HashSet<String>();
        ((List<?>) fields).forEach(name -> names.add((String) name));
        return names;
    }

    static Tenant tenant(String id, String slug) {
        return Tenant.active(TenantId.of(id), Slug.of(slug), id, Instant.parse("2026-10-01T08:30:00.123456Z"));
    }
}
