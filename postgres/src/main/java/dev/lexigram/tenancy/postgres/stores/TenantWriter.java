package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.cache.Invalidation.TenantChanged;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.stores.CreationKey;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Saves a tenant, its names and its events in one transaction.
 *
 * <p>Locks are taken in one order: the tenant's row, its names in alphabetical order, its head. Whoever waits for a name
 * gets it or learns that it is taken; no unique violation is ever provoked.
 */
final class TenantWriter {

    private static final String INSERT = """
            insert into tenancy.tenants (slug, name, status, status_reason, plan, config, metadata, updated_at,
                                         tenant_id, version, created_at, idempotency_key, idempotency_digest)
            values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, 1, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String INSERT_PLACEMENT =
            "insert into tenancy.placements (tenant_id, strategy, physical_name) values (?, ?, ?)";

    // Its configuration may have come first.
    static final String INSERT_HEAD = """
            insert into tenancy.tenant_heads (tenant_id) values (?) on conflict do nothing
            """;

    private static final String UPDATE = """
            update tenancy.tenants t
            set slug = ?, name = ?, status = ?, status_reason = ?, plan = ?, config = ?::jsonb, metadata = ?::jsonb,
                updated_at = ?, version = t.version + 1
            from tenancy.placements p
            where t.tenant_id = ? and t.version = ? and p.tenant_id = t.tenant_id
            returning t.created_at, p.strategy
            """;

    private static final String EXISTS = "select from tenancy.tenants where tenant_id = ?";

    private final Connection connection;
    private final Tenant tenant;

    private TenantWriter(Connection connection, Tenant tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    static Tenant save(ControlPlaneDatabase database, Tenant tenant, long expectedVersion, List<TenantEvent> events) {
        return database.write(
                connection -> save(connection, tenant, expectedVersion, events, Optional.empty()),
                failure -> told(failure, tenant, expectedVersion));
    }

    /** The same within a transaction of the caller. */
    static Tenant save(
            Connection connection,
            Tenant tenant,
            long expectedVersion,
            List<TenantEvent> events,
            Optional<CreationKey> key)
            throws SQLException {
        EventWriter.check(tenant.id(), events);
        var writer = new TenantWriter(connection, tenant);
        var stored = expectedVersion == TenantStore.NEW ? writer.insert(key) : writer.update(expectedVersion);
        EventWriter.append(connection, tenant.id(), events);
        return stored;
    }

    static TenantException told(SQLException failure, Tenant tenant, long expectedVersion) {
        return SqlFailures.isCollision(failure)
                ? TenantConflictException.of(tenant.id(), expectedVersion)
                : SqlFailures.unavailable(failure);
    }

    private Tenant insert(Optional<CreationKey> key) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            var next = setFields(statement);
            statement.setObject(next, TenantRow.time(tenant.createdAt()));
            statement.setString(next + 1, key.map(CreationKey::key).orElse(null));
            statement.setString(next + 2, key.map(CreationKey::digest).orElse(null));
            if (statement.executeUpdate() == 0) {
                throw TenantSlugConflictException.of(tenant.id().value());
            }
        }
        NameWriter.claim(connection, tenant);
        execute(INSERT_PLACEMENT, tenant.id().value(), tenant.strategy(), physicalName());
        execute(INSERT_HEAD, tenant.id().value());
        Announcement.send(connection, new TenantChanged(tenant.id(), 1));
        return tenant.asStored(tenant.createdAt(), tenant.strategy(), 1);
    }

    private Tenant update(long expectedVersion) throws SQLException {
        Tenant stored;
        try (var statement = connection.prepareStatement(UPDATE)) {
            var next = setFields(statement);
            statement.setLong(next, expectedVersion);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw exists(tenant.id())
                            ? TenantConflictException.of(tenant.id(), expectedVersion)
                            : TenantNotFoundException.of(tenant.id());
                }
                stored = tenant.asStored(
                        TenantRow.instant(rows, "created_at"), rows.getString("strategy"), expectedVersion + 1);
            }
        }
        NameWriter.change(connection, tenant);
        Announcement.send(connection, new TenantChanged(tenant.id(), stored.version()));
        return stored;
    }

    private int setFields(PreparedStatement statement) throws SQLException {
        statement.setString(1, tenant.slug().value());
        statement.setString(2, tenant.name());
        statement.setString(3, tenant.status().wireName());
        statement.setString(4, tenant.statusReason());
        statement.setString(5, tenant.plan());
        statement.setString(6, Json.write(tenant.config()));
        statement.setString(7, Json.write(tenant.metadata()));
        statement.setObject(8, TenantRow.time(tenant.updatedAt()));
        statement.setString(9, tenant.id().value());
        return 10;
    }

    private boolean exists(TenantId id) throws SQLException {
        try (var statement = connection.prepareStatement(EXISTS)) {
            statement.setString(1, id.value());
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Row-level tenants have no place of their own. */
    private @Nullable String physicalName() {
        return tenant.strategy().equals(SchemaName.STRATEGY)
                ? SchemaName.of(tenant.id()).value()
                : null;
    }

    private void execute(String sql, @Nullable String... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var index = 0; index < values.length; index++) {
                statement.setString(index + 1, values[index]);
            }
            statement.executeUpdate();
        }
    }
}
