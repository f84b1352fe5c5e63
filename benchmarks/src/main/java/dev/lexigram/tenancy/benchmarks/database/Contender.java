package dev.lexigram.tenancy.benchmarks.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.postgres.isolation.DriverTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.PlainTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.postgres.isolation.TransactionBinder;
import java.util.List;
import java.util.Optional;

/**
 * A way to reach the rows of one tenant.
 *
 * @param name what the report calls it
 * @param driver the class that the pool makes connections with
 * @param binder binds the pool's connections; empty for the floor, which filters by hand and has no policies
 */
record Contender(String name, String driver, Optional<TransactionBinder> binder) {

    static final String FLOOR = "floor";
    static final String FLOOR_AGAIN = "floor again";

    private static final String DRIVER = "org.postgresql.Driver";
    private static final String TENANCY_DRIVER = TenancyDriver.class.getName();
    private static final IsolationConfig CONFIG = IsolationConfig.DEFAULTS;

    static boolean isFloor(String name) {
        return name.equals(FLOOR) || name.equals(FLOOR_AGAIN);
    }

    /** All of them; the floor runs twice. */
    static List<Contender> all() {
        return List.of(
                new Contender(FLOOR, DRIVER, Optional.empty()),
                new Contender(FLOOR_AGAIN, DRIVER, Optional.empty()),
                new Contender("plain binder", DRIVER, Optional.of(new PlainTransactionBinder(CONFIG))),
                new Contender("driver binder", TENANCY_DRIVER, Optional.of(new DriverTransactionBinder(CONFIG))));
    }

    /** Opens a pool of one connection through this port, and proves the database where policies are relied on. */
    Access open(int port) {
        var pool = pool(port);
        try {
            if (binder.isEmpty()) {
                return new Access("open", true, pool, pool);
            }
            TenancyAudit.of(pool, CONFIG).run().requireProved();
            return new Access("guarded", false, TenantDataSource.rowLevel(pool, binder.get(), () -> true), pool);
        } catch (RuntimeException failure) {
            pool.close();
            throw failure;
        }
    }

    private HikariDataSource pool(int port) {
        var config = new HikariConfig();
        config.setDriverClassName(driver);
        config.setJdbcUrl(Server.url(port));
        config.setUsername(binder.isPresent() ? Server.APP_LOGIN : Server.FLOOR_LOGIN);
        config.setMaximumPoolSize(1);
        config.setMaxLifetime(0); // no connection is replaced while it is measured
        return new HikariDataSource(config);
    }
}
