package dev.lexigram.tenancy.benchmarks.database;

import dev.lexigram.tenancy.tenant.Uuid7;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** The rows that creating a tenant leaves in the control plane, by nothing but their statements. */
record BareCreation(DataSource pool) {

    private static final String TENANT = """
            insert into tenancy.tenants (tenant_id, slug, name, status, config, metadata, version, created_at, updated_at)
            values (?, ?, ?, 'provisioning', '{}', '{}', 1, now(), now())
            """;
    private static final String NAME = "insert into tenancy.tenant_names (name, kind, tenant_id) values (?, ?, ?)";
    private static final String PLACE = "insert into tenancy.placements (tenant_id, strategy) values (?, 'row_level')";
    private static final String HEAD = "insert into tenancy.tenant_heads (tenant_id) values (?)";
    private static final String RUN = """
            insert into tenancy.journal (run_id, step, tenant_id, kind, state, lease_until)
            values (?, '', ?, 'provision', 'open', clock_timestamp() + interval '30 s')
            """;
    private static final String ACTIVE =
            "update tenancy.tenants set status = 'active', version = 2, updated_at = now() where tenant_id = ?";
    private static final String ADVANCE = "update tenancy.tenant_heads set last_sequence = 1 where tenant_id = ?";
    private static final String EVENT = """
            insert into tenancy.outbox (event_id, tenant_id, sequence, type, payload)
            values (?, ?, 1, 'TenantProvisioned', '{"actor": "system", "slug": "newco"}')
            """;
    private static final String CLOSE =
            "update tenancy.journal set state = 'done', lease_until = null where run_id = ? and step = ''";

    void create(String slug) throws SQLException {
        var id = Uuid7.next().toString();
        var run = Uuid7.next();
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, TENANT, id, slug, "Tenant " + slug);
            execute(connection, NAME, id, "id", id);
            execute(connection, NAME, slug, "slug", id);
            execute(connection, PLACE, id);
            execute(connection, HEAD, id);
            execute(connection, RUN, run, id);
            connection.commit();
            execute(connection, ACTIVE, id);
            execute(connection, ADVANCE, id);
            execute(connection, EVENT, UUID.randomUUID(), id);
            execute(connection, CLOSE, run);
            connection.commit();
        }
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            statement.executeUpdate();
        }
    }
}
