package dev.lexigram.tenancy.benchmarks.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.benchmarks.Options;
import dev.lexigram.tenancy.benchmarks.Rounds;
import dev.lexigram.tenancy.benchmarks.Suite;
import dev.lexigram.tenancy.benchmarks.Table;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.postgres.isolation.DriverTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.RowLevelIsolationStrategy;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.postgres.isolation.TenantShares;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantCapacityException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * How long one tenant waits for a row, in one of a hundred calls, while another holds as many connections of the same pool as it
 * gets: with shares and without. The noisy one sleeps in the database, so that it takes connections and hardly any processor.
 */
final class NeighbourSuite implements Suite {

    private static final int NOISY_THREADS = 100;
    private static final int CONNECTIONS = 10;
    private static final String ALONE = "alone";
    private static final String ALONE_AGAIN = "alone again";
    private static final String ITEM = "select name from guarded.item where id = ";
    private static final String HOLD = "select pg_sleep(0.02)";
    private static final double WARM_UP_SECONDS = 2;

    @Override
    public String name() {
        return "neighbour";
    }

    @Override
    public String title() {
        return "A tenant beside a noisy one";
    }

    @Override
    public String run(Options options) throws Exception {
        try (var server = Server.start();
                var pool = pool(server)) {
            var shared = tenants(pool, TenantShares.of(pool, PoolsConfig.DEFAULTS));
            var plain = tenants(pool, pool);
            microseconds(plain, WARM_UP_SECONDS);
            var rounds = new Rounds(ALONE, ALONE_AGAIN);
            for (var round = 0; round < options.rounds(); round++) {
                rounds.add(ALONE, microseconds(shared, options.seconds()));
                rounds.add("beside a noisy one that has its share", besideNoise(shared, options.seconds()));
                rounds.add("beside a noisy one that takes all", besideNoise(plain, options.seconds()));
                rounds.add(ALONE_AGAIN, microseconds(shared, options.seconds()));
            }
            var table = new Table("one row of a quiet tenant", "us, 99 of 100 calls", "times alone");
            rounds.contenders()
                    .forEach(name -> table.row(name, rounds.absolute(name).toString(), rounds.shown(name)));
            return "PostgreSQL " + server.version() + "; a pool of " + CONNECTIONS + ", " + NOISY_THREADS
                    + " threads of the noisy tenant; " + options.conditions() + ".\n\n" + table;
        }
    }

    private static double besideNoise(DataSource tenants, double seconds) throws Exception {
        var over = new AtomicBoolean();
        var begun = new CountDownLatch(1);
        var noise = Executors.newFixedThreadPool(NOISY_THREADS);
        try {
            for (var thread = 0; thread < NOISY_THREADS; thread++) {
                noise.submit(() -> hold(tenants, begun, over));
            }
            begun.await();
            return microseconds(tenants, seconds);
        } finally {
            over.set(true);
            noise.shutdown();
            noise.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private static Void hold(DataSource tenants, CountDownLatch begun, AtomicBoolean over) throws SQLException {
        while (!over.get()) {
            try {
                read(tenants, Rows.all().get(0), HOLD);
            } catch (TenantCapacityException refused) {
                continue; // as its clients would: they come again
            }
            begun.countDown();
        }
        return null;
    }

    /** What 99 of 100 calls take at most. */
    private static double microseconds(DataSource tenants, double seconds) throws SQLException {
        var quiet = Rows.all().get(1);
        var taken = LongStream.builder();
        var end = System.nanoTime() + (long) (seconds * 1e9);
        for (var before = System.nanoTime(); before < end; before = System.nanoTime()) {
            read(tenants, quiet, ITEM + (Rows.PER_TENANT + 1));
            taken.add(System.nanoTime() - before);
        }
        var sorted = taken.build().toArray();
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * 0.99)] / 1e3;
    }

    private static void read(DataSource tenants, Tenant tenant, String sql) throws SQLException {
        TenantContext.<SQLException>runAs(tenant, () -> {
            try (var connection = tenants.getConnection();
                    var statement = connection.prepareStatement(sql);
                    var row = statement.executeQuery()) {
                row.next();
            }
        });
    }

    private static DataSource tenants(HikariDataSource pool, DataSource lending) {
        var binder = new DriverTransactionBinder(IsolationConfig.DEFAULTS);
        var registry = new IsolationStrategyRegistry();
        registry.register(new RowLevelIsolationStrategy(lending, binder));
        return TenantDataSource.of(pool, binder, registry, () -> true);
    }

    private static HikariDataSource pool(Server server) {
        var config = new HikariConfig();
        config.setDriverClassName(TenancyDriver.class.getName());
        config.setJdbcUrl(Server.url(server.port()));
        config.setUsername(Server.APP_LOGIN);
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }
}
