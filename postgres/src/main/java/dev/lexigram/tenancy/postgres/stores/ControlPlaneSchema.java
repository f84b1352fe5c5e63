package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The tables of the control plane: made, upgraded and checked by versioned scripts.
 *
 * <p>Any number of nodes may start at once: one advisory lock lets one of them work, in one transaction, and the others
 * find it done. A version is never changed once it is released; what changes is a further script.
 */
final class ControlPlaneSchema {

    static final List<String> SCRIPTS = List.of("control-plane-1.sql");

    private static final long LOCK = 0x6C65_7869_6772_616DL;
    private static final int NETWORK_MILLIS = 60_000;
    private static final String TAKE_LOCK = "select pg_catalog.pg_advisory_xact_lock(" + LOCK + ")";
    private static final String HAS_SCHEMA = "select pg_catalog.to_regnamespace('tenancy') is not null";
    private static final String HAS_VERSION = "select pg_catalog.to_regclass('tenancy.schema_version') is not null";
    private static final String VERSION = "select coalesce(max(version), 0) from tenancy.schema_version";
    private static final String CREATE_SCHEMA = "create schema tenancy";

    private final ControlPlaneDatabase database;
    private final List<String> scripts;

    ControlPlaneSchema(ControlPlaneDatabase database) {
        this(database, SCRIPTS);
    }

    ControlPlaneSchema(ControlPlaneDatabase database, List<String> scripts) {
        this.database = database;
        this.scripts = scripts;
    }

    /** @throws TenancyConfigurationException if the tables are not as they must be afterwards */
    void prepare(boolean initialize) {
        var version = database.write(ControlPlaneSchema::version, ControlPlaneSchema::told);
        if (version < scripts.size() && initialize) {
            version = database.write(this::upgrade, ControlPlaneSchema::told);
        }
        check(version);
    }

    private int upgrade(Connection connection) throws SQLException {
        Executor directly = Runnable::run;
        var timeout = connection.getNetworkTimeout();
        connection.setNetworkTimeout(directly, NETWORK_MILLIS); // other nodes wait here for the one that works
        try (var statement = connection.createStatement()) {
            statement.execute(TAKE_LOCK);
            if (!isTrue(connection, HAS_SCHEMA)) {
                statement.execute(CREATE_SCHEMA);
            }
            for (var next = version(connection); next < scripts.size(); next++) {
                statement.execute(script(scripts.get(next)));
            }
            return version(connection);
        } finally {
            connection.setNetworkTimeout(directly, timeout);
        }
    }

    private void check(int version) {
        if (version < scripts.size()) {
            throw TenancyConfigurationException.of(List.of("the tables of the control plane are at version " + version
                    + " and version " + scripts.size() + " is needed; start once with control_plane.initialize: true,"
                    + " or run as tenancy_control, from folder"
                    + " dev/lexigram/tenancy/postgres/stores of the jar of lexigram-tenancy-postgres: "
                    + String.join(", ", scripts.subList(version, scripts.size()))));
        }
        if (version > scripts.size()) {
            throw TenancyConfigurationException.of(List.of("the tables of the control plane are at version " + version
                    + " and this library knows version " + scripts.size() + "; upgrade the library on this node"));
        }
    }

    private static int version(Connection connection) throws SQLException {
        if (!isTrue(connection, HAS_VERSION)) {
            return 0;
        }
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(VERSION)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static boolean isTrue(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static String script(String name) {
        try (var script = ControlPlaneSchema.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("The resource " + name + " is missing from the jar; build it again.");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static TenantException told(SQLException failure) {
        if (Standby.STATE.equals(SqlFailures.state(failure))) {
            return TenancyConfigurationException.of(
                    List.of("the control plane was led to a standby, which may lag, so that"
                            + " a suspended tenant would be served; let control_plane.url lead to the primary, where it names"
                            + " several hosts by targetServerType=primary"));
        }
        if (!SqlFailures.isConfiguration(failure)) {
            return SqlFailures.unavailable(failure);
        }
        var state = SqlFailures.state(failure);
        return TenancyConfigurationException.of(List.of("the control plane's login can neither make nor read its tables"
                + " (SQLSTATE " + state + ", " + SqlFailures.meaning(state) + "); run roles.sql of"
                + " lexigram-tenancy-postgres as a superuser and log in as tenancy_control, or as a superuser:"
                + " create schema if not exists tenancy; grant usage, create on schema tenancy to <login>"));
    }
}
