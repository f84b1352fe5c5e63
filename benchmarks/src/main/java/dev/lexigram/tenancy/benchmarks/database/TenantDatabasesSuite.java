package dev.lexigram.tenancy.benchmarks.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.benchmarks.Options;
import dev.lexigram.tenancy.benchmarks.Rounds;
import dev.lexigram.tenancy.benchmarks.Suite;
import dev.lexigram.tenancy.benchmarks.Table;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.isolation.Secret;
import dev.lexigram.tenancy.isolation.SecretStore;
import dev.lexigram.tenancy.postgres.database.DatabaseServer;
import dev.lexigram.tenancy.postgres.database.TenantDatabases;
import dev.lexigram.tenancy.postgres.database.TenantPools;
import dev.lexigram.tenancy.postgres.isolation.DatabaseIsolationStrategy;
import dev.lexigram.tenancy.postgres.isolation.DriverTransactionBinder;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * A tenant that has a database of its own and connections to it, against a plain HikariCP on the same database; and many such
 * tenants one after another over few connections. The tenants are new ones, on a server that writes to the disk.
 */
final class TenantDatabasesSuite implements Suite {

    private static final int TENANTS = 100;
    private static final int CONNECTIONS = 20;
    private static final String FLOOR = "plain HikariCP";
    private static final String FLOOR_AGAIN = "plain HikariCP again";
    private static final String OWN = "tenant with a database";
    private static final String QUERY = "select body from item where id = ?";
    private static final double WARM_UP_SECONDS = 3;

    @Override
    public String name() {
        return "databases";
    }

    @Override
    public String title() {
        return "Tenants with a database each";
    }

    @Override
    public String run(Options options) throws Exception {
        try (var server = Server.start()) {
            server.prepareDatabases();
            var secrets = SqlTenantStore.of(server.control())
                    .secrets(new Secret("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));
            var host = DatabaseServer.of(Server.url(server.port()), "tenancy_provisioner", "");
            var tenants = IntStream.range(0, TENANTS)
                    .mapToObj(number -> TenantId.of("t" + number))
                    .toList();
            var made = make(host, secrets, tenants);
            var pools = PoolsConfig.DEFAULTS.withMaxConnections(CONNECTIONS);
            return "PostgreSQL " + server.version() + ", fsync on; " + options.conditions() + ".\n\n"
                    + warm(host, secrets, tenants.get(0), pools, options) + "\n\n"
                    + many(server, host, secrets, tenants, pools, made);
        }
    }

    private static double make(DatabaseServer host, SecretStore secrets, List<TenantId> tenants) {
        var databases = TenantDatabases.of(host, TenantDatabasesSuite::createTable, secrets, IsolationConfig.DEFAULTS);
        databases.prepare();
        var begun = System.nanoTime();
        tenants.forEach(databases::provision);
        return tenants.size() / ((System.nanoTime() - begun) / 1e9);
    }

    private static void createTable(DataSource owner, SchemaName schema) {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table item (id int primary key, body text);"
                    + " insert into item select n, 'body ' || n from generate_series(1, 100) n");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String warm(
            DatabaseServer host, SecretStore secrets, TenantId id, PoolsConfig config, Options options)
            throws Exception {
        var tenant = tenant(id);
        try (var pools = TenantPools.of(host, secrets, config);
                var hikari = hikari(pools, id)) {
            var strategy = new DatabaseIsolationStrategy(pools, new DriverTransactionBinder(IsolationConfig.DEFAULTS));
            Borrowing plain = hikari::getConnection;
            Borrowing own = () -> TenantContext.callAs(tenant, () -> strategy.open(tenant));
            var rounds = new Rounds(FLOOR, FLOOR_AGAIN);
            for (var warmUp : List.of(plain, own)) {
                nanoseconds(tenant, warmUp, WARM_UP_SECONDS);
            }
            for (var round = 0; round < options.rounds(); round++) {
                rounds.add(FLOOR, nanoseconds(tenant, plain, options.seconds()));
                rounds.add(OWN, nanoseconds(tenant, own, options.seconds()));
                rounds.add(FLOOR_AGAIN, nanoseconds(tenant, plain, options.seconds()));
            }
            var table = new Table("one row, borrowing included", "ns", "times the floor");
            rounds.contenders()
                    .forEach(name -> table.row(name, rounds.absolute(name).toString(), rounds.shown(name)));
            return table.toString();
        }
    }

    /** The median. */
    private static double nanoseconds(Tenant tenant, Borrowing source, double seconds) throws SQLException {
        return TenantContext.<Double, SQLException>callAs(tenant, () -> {
            var taken = new ArrayList<Long>();
            var end = System.nanoTime() + (long) (seconds * 1e9);
            for (var before = System.nanoTime(); before < end; before = System.nanoTime()) {
                read(source, taken.size() % 100 + 1);
                taken.add(System.nanoTime() - before);
            }
            return Sample.of(taken.stream().mapToLong(Long::longValue).toArray())
                    .median();
        });
    }

    private static void read(Borrowing source, int id) throws SQLException {
        try (var connection = source.borrow();
                var statement = connection.prepareStatement(QUERY)) {
            statement.setInt(1, id);
            try (var row = statement.executeQuery()) {
                row.next();
                row.getString(1);
            }
        }
    }

    private static String many(
            Server server,
            DatabaseServer host,
            SecretStore secrets,
            List<TenantId> tenants,
            PoolsConfig config,
            double made)
            throws SQLException {
        try (var pools = TenantPools.of(host, secrets, config)) {
            var most = 0L;
            var begun = System.nanoTime();
            for (var tenant : tenants) {
                try (var connection = pools.borrow(tenant)) {
                    connection.isValid(1);
                }
                most = Math.max(most, server.sessionsOfTenants());
            }
            var each = (System.nanoTime() - begun) / 1e6 / tenants.size();
            return new Table("many tenants", "")
                    .row("tenants, each touched once", String.valueOf(tenants.size()))
                    .row("connections that they may have", String.valueOf(CONNECTIONS))
                    .row("most sessions that the server has seen", String.valueOf(most))
                    .row("ms for a first touch, counting included", shown(each))
                    .row("databases made in a second", shown(made))
                    .row("MB of an empty one", shown(server.megabytesOf("tenant_t1")))
                    .toString();
        }
    }

    private static HikariDataSource hikari(TenantPools pools, TenantId id) throws SQLException {
        try (var connection = pools.borrow(id)) {
            var config = new HikariConfig();
            config.setJdbcUrl(connection.getMetaData().getURL());
            config.setUsername(connection.getMetaData().getUserName());
            config.setMaximumPoolSize(1);
            return new HikariDataSource(config); // the server of a benchmark asks for no password
        }
    }

    private static Tenant tenant(TenantId id) {
        return Tenant.active(id, Slug.of(id.value()), id.value(), Instant.now());
    }

    private static String shown(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private interface Borrowing {
        Connection borrow() throws SQLException;
    }
}
