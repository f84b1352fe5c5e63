package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.cache.Invalidation.ConfigChanged;
import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.stores.ConfigEntry;
import dev.lexigram.tenancy.stores.ConfigSnapshot;
import dev.lexigram.tenancy.stores.ConfigUpdate;
import dev.lexigram.tenancy.stores.ConfigValue;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;

/**
 * What is set for a tenant, in {@code tenancy.tenant_configs}; its version stands in the tenant's head.
 *
 * <p>A read is one statement, so that version and values belong together. A write locks the tenant's row, then its head,
 * in the order of {@link TenantWriter}: writers of one tenant wait for each other, and a tenant is not deleted meanwhile.
 */
final class ConfigRows {

    static final String READ = """
            select h.config_version, c.key, c.value, c.version
            from tenancy.tenant_heads h
            left join tenancy.tenant_configs c on c.tenant_id = h.tenant_id
            where h.tenant_id = ?
            """;

    private static final String LOCK_TENANT = "select status from tenancy.tenants where tenant_id = ? for share";

    private static final String LOCK_HEAD = "select from tenancy.tenant_heads where tenant_id = ? for no key update";

    private static final String ADVANCE = "update tenancy.tenant_heads set config_version = ? where tenant_id = ?";

    private static final String PUT = """
            insert into tenancy.tenant_configs (tenant_id, key, value, version, updated_at, updated_by)
            values (?, ?, ?::jsonb, ?, ?, ?)
            on conflict (tenant_id, key) do update
            set value = excluded.value, version = excluded.version,
                updated_at = excluded.updated_at, updated_by = excluded.updated_by
            """;

    private static final String REMOVE = "delete from tenancy.tenant_configs where tenant_id = ? and key = ?";

    private final Connection connection;
    private final TenantId tenant;

    private ConfigRows(Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    static ConfigSnapshot apply(ControlPlaneDatabase database, TenantId tenant, ConfigUpdate update) {
        return database.write(connection -> new ConfigRows(connection, tenant).apply(update));
    }

    static ConfigSnapshot read(Connection connection, TenantId tenant) throws SQLException {
        try (var statement = connection.prepareStatement(READ)) {
            statement.setString(1, tenant.value());
            try (var rows = statement.executeQuery()) {
                var version = 0L;
                var entries = new HashMap<String, ConfigEntry>();
                while (rows.next()) {
                    version = rows.getLong("config_version");
                    var key = rows.getString("key");
                    if (key != null) {
                        var value = ConfigValue.of(Json.readValue(rows.getString("value")));
                        entries.put(key, new ConfigEntry(value, rows.getLong("version")));
                    }
                }
                return new ConfigSnapshot(version, entries);
            }
        }
    }

    private ConfigSnapshot apply(ConfigUpdate update) throws SQLException {
        lockTenant(update.knownTenant());
        lockHead();
        var before = read(connection, tenant);
        var outcome = update.applyTo(tenant, before);
        if (!outcome.events().isEmpty()) {
            store(update, before, outcome.after());
            EventWriter.append(connection, tenant, outcome.events());
            Announcement.send(
                    connection, new ConfigChanged(tenant, outcome.after().version()));
        }
        return outcome.after();
    }

    private void lockTenant(boolean mustExist) throws SQLException {
        try (var statement = connection.prepareStatement(LOCK_TENANT)) {
            statement.setString(1, tenant.value());
            try (var rows = statement.executeQuery()) {
                var exists = rows.next();
                if (exists ? rows.getString(1).equals(TenantStatus.DELETED.wireName()) : mustExist) {
                    throw TenantNotFoundException.of(tenant);
                }
            }
        }
    }

    private void lockHead() throws SQLException {
        try (var make = connection.prepareStatement(TenantWriter.INSERT_HEAD);
                var lock = connection.prepareStatement(LOCK_HEAD)) {
            make.setString(1, tenant.value());
            make.executeUpdate();
            lock.setString(1, tenant.value());
            lock.execute();
        }
    }

    private void store(ConfigUpdate update, ConfigSnapshot before, ConfigSnapshot after) throws SQLException {
        try (var advance = connection.prepareStatement(ADVANCE)) {
            advance.setLong(1, after.version());
            advance.setString(2, tenant.value());
            advance.executeUpdate();
        }
        for (var change : update.changes()) {
            if (after.versionOf(change.key()) != before.versionOf(change.key())) {
                store(change, update, after.version());
            }
        }
    }

    private void store(ConfigChange change, ConfigUpdate update, long version) throws SQLException {
        try (var statement = connection.prepareStatement(change.value().isPresent() ? PUT : REMOVE)) {
            statement.setString(1, tenant.value());
            statement.setString(2, change.key());
            if (change.value().isPresent()) {
                statement.setString(3, change.value().get().json());
                statement.setLong(4, version);
                statement.setObject(5, TenantRow.time(update.at()));
                statement.setString(6, update.actor());
            }
            statement.executeUpdate();
        }
    }
}
