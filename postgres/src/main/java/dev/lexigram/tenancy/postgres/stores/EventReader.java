package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.stores.ConfigValue;
import dev.lexigram.tenancy.tenant.Slug;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads back what {@link EventWriter} stored. */
final class EventReader {

    private final Map<String, Object> payload;

    private EventReader(Map<String, Object> payload) {
        this.payload = payload;
    }

    /** @throws IllegalStateException if this version does not know such an event, as a newer node may store one */
    static TenantEvent read(ResultSet row) throws SQLException {
        var reader = new EventReader(Json.readMap(row.getString("payload")));
        return reader.event(
                row.getString("type"),
                row.getObject("event_id", UUID.class),
                TenantId.of(row.getString("tenant_id")),
                row.getLong("sequence"));
    }

    private TenantEvent event(String type, UUID id, TenantId tenant, long sequence) {
        var at = Instant.parse(text("occurredAt"));
        var actor = text("actor");
        return switch (type) {
            case "TenantProvisioned" ->
                new TenantProvisioned(id, tenant, sequence, at, actor, Slug.of(text("slug")), textOrNull("plan"));
            case "TenantSuspended" -> new TenantSuspended(id, tenant, sequence, at, actor, text("reason"));
            case "TenantUpdated" -> new TenantUpdated(id, tenant, sequence, at, actor, texts("fields"));
            case "TenantActivated" -> new TenantActivated(id, tenant, sequence, at, actor);
            case "TenantDeactivated" -> new TenantDeactivated(id, tenant, sequence, at, actor);
            case "TenantDeletionScheduled" ->
                new TenantDeletionScheduled(
                        id, tenant, sequence, at, actor, text("policy"), Instant.parse(text("purgeAt")));
            case "TenantDeletionCancelled" -> new TenantDeletionCancelled(id, tenant, sequence, at, actor);
            case "TenantDeleted" -> new TenantDeleted(id, tenant, sequence, at, actor);
            case "TenantConfigChanged" ->
                new TenantConfigChanged(
                        id, tenant, sequence, at, actor, text("key"), value("old"), value("new"), number("version"));
            default -> throw new IllegalStateException("this version knows no event of type " + type);
        };
    }

    private String text(String name) {
        return Optional.ofNullable(textOrNull(name))
                .orElseThrow(() -> new IllegalStateException("the payload has no " + name));
    }

    private @Nullable String textOrNull(String name) {
        return (String) payload.get(name);
    }

    private long number(String name) {
        return ((Number) Objects.requireNonNull(payload.get(name), name)).longValue();
    }

    /** A value of the configuration, as it was before it was stored. */
    private @Nullable Object value(String name) {
        var told = payload.get(name);
        return told == null ? null : ConfigValue.of(told).value();
    }

    private Set<String> texts(String name) {
        return payload.get(name) instanceof List<?> list
                ? list.stream().map(String.class::cast).collect(Collectors.toSet())
                : Set.of();
    }
}
