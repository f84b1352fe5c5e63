package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.enforcement.AuditEntry;
import dev.lexigram.tenancy.enforcement.AuditTrail;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * The trail in table {@code tenancy.audit} of the control plane, which refuses UPDATE, DELETE and TRUNCATE; only the owner
 * of the table could take that trigger away. A {@link SqlTenantStore} makes the table. Safe for use by many threads and
 * nodes.
 */
public final class SqlAuditTrail implements AuditTrail {

    private static final String INSERT = """
            insert into tenancy.audit (id, at, actor, action, tenant_id, reason, detail)
            values (?, ?, ?, ?, ?, ?, ?::jsonb)
            """;

    private final ControlPlaneDatabase database;

    SqlAuditTrail(ControlPlaneDatabase database) {
        this.database = database;
    }

    /** The trail in the database of this DataSource: the same one and the same login as the tenant store's. */
    public static SqlAuditTrail of(DataSource dataSource) {
        return new SqlAuditTrail(new ControlPlaneDatabase(dataSource));
    }

    @Override
    public void record(AuditEntry entry) {
        database.write(connection -> {
            try (var statement = connection.prepareStatement(INSERT)) {
                statement.setObject(1, entry.id());
                statement.setObject(2, OffsetDateTime.ofInstant(entry.at(), ZoneOffset.UTC));
                statement.setString(3, entry.actor());
                statement.setString(4, entry.action());
                statement.setString(5, entry.tenant().map(TenantId::value).orElse(null));
                statement.setString(6, entry.reason());
                statement.setString(7, Json.write(entry.detail()));
                return statement.executeUpdate();
            }
        });
    }
}
