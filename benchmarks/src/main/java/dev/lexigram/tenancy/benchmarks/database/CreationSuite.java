package dev.lexigram.tenancy.benchmarks.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.benchmarks.Options;
import dev.lexigram.tenancy.benchmarks.Rounds;
import dev.lexigram.tenancy.benchmarks.Suite;
import dev.lexigram.tenancy.benchmarks.Table;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.LifecycleConfig;
import dev.lexigram.tenancy.lifecycle.LifecycleParts;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.postgres.isolation.RowLevelIsolationStrategy;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Creates row-level tenants through the service, and by the bare statements that store the same rows in as many commits.
 * Every tenant is a new one; the server writes to the disk before it answers.
 */
final class CreationSuite implements Suite {

    private static final String FLOOR = "bare statements";
    private static final String FLOOR_AGAIN = "bare statements again";
    private static final String SERVICE = "TenantLifecycleService";
    private static final double WARM_UP_SECONDS = 3;

    private int created;

    @Override
    public String name() {
        return "create-tenant";
    }

    @Override
    public String title() {
        return "Creating a row-level tenant";
    }

    @Override
    public String run(Options options) throws Exception {
        try (var server = Server.start();
                var pool = pool(server)) {
            var contenders = contenders(pool);
            for (var contender : contenders.values()) {
                microseconds(contender, WARM_UP_SECONDS);
            }
            var rounds = new Rounds(FLOOR, FLOOR_AGAIN);
            for (var round = 0; round < options.rounds(); round++) {
                for (var contender : contenders.entrySet()) {
                    rounds.add(contender.getKey(), microseconds(contender.getValue(), options.seconds()));
                }
            }
            var table = new Table("contender", "us a tenant", "times the floor");
            rounds.contenders()
                    .forEach(name -> table.row(name, rounds.absolute(name).toString(), rounds.shown(name)));
            return "PostgreSQL " + server.version() + ", fsync on; " + options.conditions() + ".\n\n" + table;
        }
    }

    private Map<String, Creation> contenders(HikariDataSource pool) {
        var strategies = new IsolationStrategyRegistry();
        strategies.register(new RowLevelIsolationStrategy());
        var tenants = new TenantLifecycleService(
                LifecycleParts.of(SqlTenantStore.of(pool), strategies, LifecycleConfig.DEFAULTS));
        var bare = new BareCreation(pool);
        var contenders = new LinkedHashMap<String, Creation>();
        contenders.put(FLOOR, bare::create);
        contenders.put(SERVICE, slug -> tenants.createTenant(new CreateTenantCommand(slug, "Tenant " + slug)));
        contenders.put(FLOOR_AGAIN, bare::create);
        return contenders;
    }

    private double microseconds(Creation creation, double seconds) throws SQLException {
        var begun = System.nanoTime();
        var end = begun + (long) (seconds * 1e9);
        var count = 0;
        while (System.nanoTime() < end) {
            creation.create("tenant-" + ++created);
            count++;
        }
        return (System.nanoTime() - begun) / 1e3 / count;
    }

    private static HikariDataSource pool(Server server) {
        var config = new HikariConfig();
        config.setJdbcUrl(Server.url(server.port()));
        config.setUsername("tenancy_control");
        config.setMaximumPoolSize(2);
        return new HikariDataSource(config);
    }

    private interface Creation {
        void create(String slug) throws SQLException;
    }
}
