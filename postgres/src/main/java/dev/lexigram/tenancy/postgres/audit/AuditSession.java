package dev.lexigram.tenancy.postgres.audit;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What the checks of one audit share: the connection, and the catalogue read once.
 *
 * @param settingAtStart what the tenant's setting held before anything was asked; empty when it held nothing
 * @param login who logged in
 * @param role whose rights count: the login, or the role that it assumed
 * @param schemas those that are a tenant's own
 */
record AuditSession(
        Connection connection,
        IsolationConfig config,
        Declarations declarations,
        String settingAtStart,
        ServingRole login,
        ServingRole role,
        OwnSchemas schemas,
        List<Relation> relations) {

    // To compile a query of the catalogue takes longer than to run it.
    private static final String CONFINE =
            "select pg_catalog.set_config('search_path', ?, true), pg_catalog.set_config('jit', 'off', true)";

    /** Reads the catalogue within the connection's transaction, which it confines to pg_catalog. */
    static AuditSession open(Connection connection, IsolationConfig config) throws SQLException {
        var setting =
                single(connection, "select coalesce(pg_catalog.current_setting(?, true), '')", config.settingName());
        var path = path(connection);
        single(connection, CONFINE, "pg_catalog");
        var login = single(connection, "select session_user || ?", "");
        var current = single(connection, "select current_user || ?", "");
        return new AuditSession(
                connection,
                config,
                Declarations.of(config),
                setting,
                ServingRole.read(connection, login),
                ServingRole.read(connection, current),
                OwnSchemas.read(connection, path),
                new RelationReader(connection).read());
    }

    TenantPolicy policy() {
        return TenantPolicy.of(config);
    }

    private static String[] path(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_catalog.current_schemas(false)")) {
            row.next();
            return (String[]) row.getArray(1).getArray();
        }
    }

    private static String single(Connection connection, String sql, String parameter) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
