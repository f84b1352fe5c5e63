package dev.lexigram.tenancy.postgres.stores;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.lifecycle.CrashPoint;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.LifecycleConfig;
import dev.lexigram.tenancy.lifecycle.LifecycleParts;
import dev.lexigram.tenancy.lifecycle.ProvisioningStep;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.stores.LifecycleRun.Kind;
import dev.lexigram.tenancy.stores.RunOpening;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.Uuid7;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A node of its own process, to be killed: it says on its output how far it has come, and waits there. */
final class LifecycleNode {

    private static final BufferedReader INPUT =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private final String url;
    private final SqlTenantStore store;

    private LifecycleNode(String url) {
        this.url = url;
        this.store = SqlTenantStore.of(pool(url), false);
    }

    public static void main(String... arguments) throws Exception {
        var node = new LifecycleNode(arguments[1]);
        switch (arguments[0]) {
            case "crash" -> node.stopAtEveryPoint();
            case "race" -> node.race(Integer.parseInt(arguments[2]));
            case "pause" -> node.pause();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** The service of a node on this database, whose tenants get schemas of their own. */
    static TenantLifecycleService service(
            TenantStore store, String url, Consumer<CrashPoint> reached, Runnable secondStep) {
        var strategies = new IsolationStrategyRegistry();
        strategies.register(new TestSchemas(login(url, "tenancy_migrator")));
        var config = LifecycleConfig.DEFAULTS
                .withIsolationStrategy("test_schema")
                .withDeprovisionPolicy(DeprovisionPolicy.DROP)
                .withNameQuarantine(Duration.ZERO);
        return new TenantLifecycleService(LifecycleParts.of(store, strategies, config)
                .withSteps(List.of(new Second(secondStep)))
                .withReached(reached));
    }

    private static DataSource pool(String url) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("tenancy_control");
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    private static DataSource login(String url, String user) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        dataSource.setUser(user);
        return dataSource;
    }

    /** A name that a tenant can have. */
    static String nameOf(CrashPoint point) {
        return point.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void stopAtEveryPoint() {
        for (var point : CrashPoint.values()) {
            start(() -> perform(point));
        }
    }

    private void perform(CrashPoint point) {
        Runnable second = () -> {
            if (isOfTakingBack(point)) {
                throw new IllegalStateException("for a test");
            }
        };
        var tenants = service(store, url, reached -> stopAt(point, reached), second);
        var name = nameOf(point);
        var id = TenantId.of(name);
        if (point == CrashPoint.TAKEN_OVER) {
            leaveUnfinished(id);
            tenants.recover();
        }
        tenants.createTenant(new CreateTenantCommand(name, name).withId(id));
        tenants.deleteTenant(id);
        tenants.purgeBeforeGrace(id, "for a test");
    }

    static boolean isOfTakingBack(CrashPoint point) {
        return EnumSet.range(CrashPoint.TURNED_BACK, CrashPoint.FAILED).contains(point);
    }

    /** As a node leaves it that died before its lease was long. */
    private void leaveUnfinished(TenantId id) {
        var tenant = ControlPlane.tenant(id.value(), id.value());
        var provisioning = new Tenant(
                id,
                tenant.slug(),
                id.value(),
                TenantStatus.PROVISIONING,
                null,
                null,
                tenant.config(),
                tenant.metadata(),
                "test_schema",
                tenant.createdAt(),
                tenant.updatedAt(),
                1);
        store.journal()
                .orElseThrow()
                .begin(new RunOpening(
                        Uuid7.next(),
                        Kind.PROVISION,
                        provisioning,
                        TenantStore.NEW,
                        List.of(),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty()));
    }

    private static void stopAt(CrashPoint wanted, CrashPoint reached) {
        if (wanted == reached) {
            say("at " + reached);
            waitForEver();
        }
    }

    private void race(int threads) throws Exception {
        var won = new AtomicInteger();
        var exists = new AtomicInteger();
        var ended = new CountDownLatch(threads);
        var begin = new CountDownLatch(1);
        var tenants = service(store, url, point -> {}, () -> {});
        for (var thread = 0; thread < threads; thread++) {
            start(() -> {
                try {
                    begin.await();
                    tenants.createTenant(new CreateTenantCommand("race", "Race"));
                    won.incrementAndGet();
                } catch (TenantSlugConflictException taken) {
                    exists.incrementAndGet();
                } catch (InterruptedException | RuntimeException other) {
                    say("failed with " + other);
                } finally {
                    ended.countDown();
                }
            });
        }
        say("ready");
        INPUT.readLine();
        begin.countDown();
        ended.await();
        say("won " + won + ", exists " + exists);
    }

    private void pause() {
        var tenants = service(
                store,
                url,
                point -> {
                    if (point == CrashPoint.STEPS_DONE) {
                        say("at " + point);
                        readLine();
                    }
                },
                () -> {});
        try {
            tenants.createTenant(new CreateTenantCommand("paused", "Paused").withId(TenantId.of("paused")));
            say("won");
        } catch (TenantException refused) {
            say("refused with " + refused.code());
        }
    }

    private static void readLine() {
        try {
            INPUT.readLine();
        } catch (IOException closed) {
            throw new IllegalStateException(closed);
        }
    }

    private static void start(Runnable work) {
        new Thread(() -> {
                    try {
                        work.run();
                    } catch (RuntimeException failure) {
                        say("failed with " + failure);
                    }
                })
                .start();
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    /** A step after the place, which may fail. */
    private record Second(Runnable work) implements ProvisioningStep {

        @Override
        public String name() {
            return "second";
        }

        @Override
        public void run(Tenant tenant, long fence) {
            work.run();
        }

        @Override
        public void undo(Tenant tenant, long fence) {}
    }
}
