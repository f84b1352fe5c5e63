package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A tenant as the row that a select of {@link #SELECT} gives. */
final class TenantRow {

    static final String SELECT = """
            select t.tenant_id, t.slug, t.name, t.status, t.status_reason, t.plan, t.config, t.metadata,
                   p.strategy, t.created_at, t.updated_at, t.version
            from tenancy.tenants t
            join tenancy.placements p on p.tenant_id = t.tenant_id
            """;

    private TenantRow() {}

    static Tenant read(ResultSet row) throws SQLException {
        return new Tenant(
                TenantId.of(row.getString("tenant_id")),
                Slug.of(row.getString("slug")),
                row.getString("name"),
                TenantStatus.fromWireName(row.getString("status")),
                row.getString("status_reason"),
                row.getString("plan"),
                Json.readMap(row.getString("config")),
                Json.readMap(row.getString("metadata")),
                row.getString("strategy"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                row.getLong("version"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** PostgreSQL keeps microseconds and would round. */
    static OffsetDateTime time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
