package dev.lexigram.tenancy.postgres.database;

import dev.lexigram.tenancy.isolation.SecretStore;
import dev.lexigram.tenancy.isolation.TransactionLimits;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Connects to the databases of tenants, and looks at each new connection before anybody gets it. */
final class ConnectionFactory extends BaseKeyedPooledObjectFactory<TenantId, PooledConnection> {

    private static final Duration TRUSTED = Duration.ofMillis(500); // as HikariCP does
    private static final int VALID_SECONDS = 1;

    // That this is the tenant's database, and that the login can do nothing there but read and write rows.
    private static final String CHECK = """
            select pg_catalog.current_database() = ? and current_user = ?
                   and pg_catalog.obj_description(pg_catalog.to_regnamespace('tenancy')::oid, 'pg_namespace') = ?
                   and not exists (select from pg_catalog.pg_roles
                                   where rolname = current_user and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb))
                   and not exists (select from pg_catalog.pg_auth_members
                                   where member = (select oid from pg_catalog.pg_roles where rolname = current_user))
                   and not pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create, temporary')
                   and not pg_catalog.has_schema_privilege('public', 'create')
            """;

    private final DatabaseServer server;
    private final SecretStore secrets;
    private final TransactionLimits limits;
    private final TenancyDriver driver = new TenancyDriver();

    ConnectionFactory(DatabaseServer server, SecretStore secrets, TransactionLimits limits) {
        this.limits = limits;
        this.server = server;
        this.secrets = secrets;
    }

    @Override
    public PooledConnection create(TenantId id) throws SQLException {
        var credentials = secrets.find(DatabaseCredentials.name(id))
                .map(DatabaseCredentials::parse)
                .orElseThrow(() -> TenantIsolationException.of("Tenant '" + id + "' has no database that was made here;"
                        + " provision it, or give back its secret from a back-up."));
        var place = SchemaName.of(id).value();
        var login = new Properties();
        login.setProperty("user", credentials.login());
        login.setProperty("password", credentials.password().reveal());
        var connection =
                Objects.requireNonNull(driver.connect(server.url(place, limits), login), "a URL of PostgreSQL");
        var looked = false;
        try {
            check(connection, id, place, credentials);
            looked = true;
            return new PooledConnection(connection);
        } finally {
            if (!looked) {
                connection.abort(Runnable::run);
            }
        }
    }

    @Override
    public PooledObject<PooledConnection> wrap(PooledConnection value) {
        return new DefaultPooledObject<>(value);
    }

    @Override
    public boolean validateObject(TenantId id, PooledObject<PooledConnection> pooled) {
        try {
            var connection = pooled.getObject().connection();
            return pooled.getIdleDuration().compareTo(TRUSTED) < 0
                    ? !connection.isClosed()
                    : connection.isValid(VALID_SECONDS);
        } catch (SQLException broken) {
            return false;
        }
    }

    @Override
    public void destroyObject(TenantId id, PooledObject<PooledConnection> pooled) throws SQLException {
        pooled.getObject().connection().close();
    }

    private static void check(Connection connection, TenantId id, String place, DatabaseCredentials credentials)
            throws SQLException {
        try (var statement = connection.prepareStatement(CHECK)) {
            statement.setString(1, place);
            statement.setString(2, credentials.login());
            statement.setString(3, credentials.marker(id).text());
            try (var row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw TenantIsolationException.of(
                            "Database " + place + " is not the one that was made for tenant '" + id
                                    + "', or its login can do more than read and write rows there; it is not served before that"
                                    + " is mended (docs/databases.md).");
                }
            }
        }
    }
}
