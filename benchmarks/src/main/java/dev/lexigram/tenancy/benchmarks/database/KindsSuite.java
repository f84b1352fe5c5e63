package dev.lexigram.tenancy.benchmarks.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.benchmarks.Options;
import dev.lexigram.tenancy.benchmarks.Rounds;
import dev.lexigram.tenancy.benchmarks.Suite;
import dev.lexigram.tenancy.benchmarks.Table;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.postgres.isolation.DriverTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.isolation.SchemaIsolationStrategy;
import dev.lexigram.tenancy.postgres.isolation.SealKey;
import dev.lexigram.tenancy.postgres.isolation.SealKeys;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.postgres.isolation.TransactionBinder;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;

/**
 * The same rows through every kind of isolation that shares a pool, bound in the driver. Each call is another tenant's, which
 * is the worst case for a schema: what was prepared in one does not serve another.
 */
final class KindsSuite implements Suite {

    private static final double WARM_UP_SECONDS = 2;
    private static final int TENANTS = 100;
    private static final String SEALED = "sealed";
    private static final String STRICT = "strict";

    private static final String ACTIVE = """
            insert into tenancy.tenants (tenant_id, slug, name, status, version, created_at, updated_at)
            select tenant_id, tenant_id, tenant_id, 'active', 1, now(), now()
            from (select distinct tenant_id from open.item) as owner""";

    @Override
    public String name() {
        return "kinds";
    }

    @Override
    public String title() {
        return "The kinds of isolation";
    }

    @Override
    public String run(Options options) throws Exception {
        try (var server = Server.start()) {
            var key = prepareSealed(server);
            prepareStrict(server);
            var provisioning = SchemasOfTenants.make(server, Rows.all().subList(0, TENANTS));
            var table = new Table("work", "contender", "us", "times the floor");
            for (var measured : List.of(Case.ONE_ROW, Case.MANY_ROWS, Case.TRANSACTION)) {
                try (var field = field(server, key, measured)) {
                    var rounds = measure(field, options);
                    rounds.contenders()
                            .forEach(name -> table.row(
                                    measured.title, name, rounds.absolute(name).toString(), rounds.shown(name)));
                }
            }
            return "PostgreSQL " + server.version() + "; " + options.conditions() + ".\n\n" + table + "\n\n"
                    + provisioning;
        }
    }

    private static Rounds measure(Field field, Options options) throws Exception {
        var random = new Random(options.seed());
        var rounds = new Rounds(Contender.FLOOR, Contender.FLOOR_AGAIN);
        for (var entrant : field.entrants()) {
            entrant.sample(WARM_UP_SECONDS, random.nextLong(), TENANTS);
        }
        for (var round = 0; round < options.rounds(); round++) {
            var places = random.nextLong(); // the same for everybody in this round
            var order = new ArrayList<>(field.entrants());
            Collections.shuffle(order, random);
            for (var entrant : order) {
                rounds.add(
                        entrant.name(),
                        entrant.sample(options.seconds(), places, TENANTS).median() / 1_000);
            }
        }
        return rounds;
    }

    private static Field field(Server server, SealKey key, Case measured) {
        var entrants = new ArrayList<Entrant>();
        for (var contender : Contender.all()) {
            if (Contender.isFloor(contender.name())) {
                entrants.add(Entrant.open(contender, measured, server.port()));
            }
        }
        add(entrants, "row level", measured, rowLevel(server.url("postgres"), binder()));
        add(
                entrants,
                "row level, sealed",
                measured,
                rowLevel(
                        server.url(SEALED),
                        new DriverTransactionBinder(IsolationConfig.DEFAULTS.withSealed(true), () -> key)));
        add(entrants, "row level, strict status", measured, rowLevel(server.url(STRICT), binder()));
        add(entrants, "schema", measured, schema(server));
        return new Field(entrants);
    }

    private static void add(List<Entrant> entrants, String name, Case measured, Access access) {
        entrants.add(new Entrant(name, access, measured.through(access)));
    }

    private static SealKey prepareSealed(Server server) throws Exception {
        server.copyTo(SEALED);
        var migrator = server.as(Server.MIGRATOR, SEALED);
        policies().withSealed(true).apply(migrator);
        return SealKeys.of(migrator).create("only");
    }

    private static void prepareStrict(Server server) throws Exception {
        server.copyTo(STRICT);
        SqlTenantStore.of(server.as("tenancy_control", STRICT));
        server.execute("postgres", STRICT, ACTIVE);
        policies().withStrictStatus(true).apply(server.as(Server.MIGRATOR, STRICT));
    }

    private static Access rowLevel(String url, TransactionBinder binder) {
        var pool = pool(url);
        return new Access("guarded", false, TenantDataSource.rowLevel(pool, binder, () -> true), pool);
    }

    private static Access schema(Server server) {
        var pool = pool(server.url("postgres"));
        var strategy = new SchemaIsolationStrategy(pool, binder());
        var tenants = (DataSource) Proxy.newProxyInstance(
                KindsSuite.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> strategy.open(TenantContext.require()));
        return new Access("", false, tenants, pool);
    }

    private static RowLevelPolicies policies() {
        return RowLevelPolicies.forTables("guarded.item");
    }

    private static TransactionBinder binder() {
        return new DriverTransactionBinder(IsolationConfig.DEFAULTS);
    }

    private static HikariDataSource pool(String url) {
        var config = new HikariConfig();
        config.setDriverClassName(TenancyDriver.class.getName());
        config.setJdbcUrl(url);
        config.setUsername(Server.APP_LOGIN);
        config.setMaximumPoolSize(1);
        config.setMaxLifetime(0); // no connection is replaced while it is measured
        return new HikariDataSource(config);
    }
}
