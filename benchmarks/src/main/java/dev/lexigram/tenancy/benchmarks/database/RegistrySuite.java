package dev.lexigram.tenancy.benchmarks.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.benchmarks.Options;
import dev.lexigram.tenancy.benchmarks.Rounds;
import dev.lexigram.tenancy.benchmarks.Suite;
import dev.lexigram.tenancy.benchmarks.Table;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;

/** A million tenants in PostgreSQL: finding one, and reading a page far down the list. */
final class RegistrySuite implements Suite {

    private static final int TENANTS = 1_000_000;
    private static final int DEEP = 900_000;
    private static final int PAGE = 100;
    private static final double WARM_UP_SECONDS = 3;

    private static final String FILL = """
            insert into tenancy.tenants (tenant_id, slug, name, status, version, created_at, updated_at)
            select 'tenant-' || n, 'of-' || n, 'Tenant ' || n, 'active', 2, at, at
            from generate_series(1, %1$d) n, lateral (select timestamptz '2026-01-01' + n * interval '1 second') as it(at);
            insert into tenancy.tenant_names (name, kind, tenant_id)
            select 'tenant-' || n, 'id', 'tenant-' || n from generate_series(1, %1$d) n;
            insert into tenancy.tenant_names (name, kind, tenant_id)
            select 'of-' || n, 'slug', 'tenant-' || n from generate_series(1, %1$d) n;
            insert into tenancy.placements (tenant_id, strategy)
            select 'tenant-' || n, 'row_level' from generate_series(1, %1$d) n;
            insert into tenancy.tenant_heads (tenant_id) select 'tenant-' || n from generate_series(1, %1$d) n
            """;

    private static final String BARE = """
            select tenant_id, slug, name, status, config, metadata, created_at, updated_at, version
            from tenancy.tenants where tenant_id = ?
            """;

    private static final String SEQUENTIAL_SCANS = """
            select coalesce(sum(seq_scan), 0) from pg_stat_user_tables
            where schemaname = 'tenancy' and relname in ('tenants', 'tenant_names', 'placements')
            """;

    private final Random random = new Random(1);

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public String title() {
        return "A registry of 1,000,000 tenants in PostgreSQL";
    }

    @Override
    public String run(Options options) throws Exception {
        try (var server = Server.start();
                var pool = pool(server)) {
            var store = SqlTenantStore.of(pool);
            execute(pool, FILL.formatted(TENANTS));
            for (var table : new String[] {"tenants", "tenant_names", "placements"}) {
                execute(pool, "vacuum (analyze) tenancy." + table);
            }
            var deep = cursorAt(store, DEEP);
            var scansBefore = number(pool, SEQUENTIAL_SCANS);
            var lookUps = measure(options, lookUps(store, pool), "bare select", "bare select again");
            var pages = measure(options, pages(store, deep), "first page", "first page again");
            execute(pool, "select pg_stat_force_next_flush()");
            var scans = number(pool, SEQUENTIAL_SCANS) - scansBefore;
            return "PostgreSQL " + server.version() + ", fsync on; " + options.conditions() + ".\n\n"
                    + table("look-up, at random", "bare select by the id", lookUps) + "\n\n"
                    + table("page of " + PAGE + " tenants", "first page", pages) + "\n\nSequential scans meanwhile: "
                    + scans + ".";
        }
    }

    private Map<String, Work> lookUps(TenantStore store, DataSource pool) {
        var lookUps = new LinkedHashMap<String, Work>();
        lookUps.put("bare select", () -> bare(pool));
        lookUps.put(
                "by id", () -> store.findById(TenantId.of("tenant-" + next())).orElseThrow());
        lookUps.put("by slug", () -> store.findByName("of-" + next()).orElseThrow());
        lookUps.put("unknown slug", () -> store.findByName("no-" + next()).isEmpty());
        lookUps.put("bare select again", () -> bare(pool));
        return lookUps;
    }

    private static Map<String, Work> pages(TenantStore store, String deep) {
        var first = TenantQuery.FIRST.withLimit(PAGE);
        var pages = new LinkedHashMap<String, Work>();
        pages.put("first page", () -> store.page(first));
        pages.put("page after " + DEEP, () -> store.page(first.withAfter(deep)));
        pages.put("first page again", () -> store.page(first));
        return pages;
    }

    private Rounds measure(Options options, Map<String, Work> contenders, String floor, String floorAgain)
            throws SQLException {
        for (var contender : contenders.values()) {
            microseconds(contender, WARM_UP_SECONDS);
        }
        var rounds = new Rounds(floor, floorAgain);
        var order = new ArrayList<>(contenders.keySet());
        for (var round = 0; round < options.rounds(); round++) {
            Collections.shuffle(order, random);
            for (var contender : order) {
                rounds.add(contender, microseconds(contenders.get(contender), options.seconds()));
            }
        }
        return rounds;
    }

    private static String table(String what, String floor, Rounds rounds) {
        var table = new Table(what, "us", "times the " + floor);
        rounds.contenders()
                .forEach(name -> table.row(name, rounds.absolute(name).toString(), rounds.shown(name)));
        return table.toString();
    }

    private static double microseconds(Work work, double seconds) throws SQLException {
        var begun = System.nanoTime();
        var end = begun + (long) (seconds * 1e9);
        var count = 0;
        while (System.nanoTime() < end) {
            work.run();
            count++;
        }
        return (System.nanoTime() - begun) / 1e3 / count;
    }

    private static String cursorAt(TenantStore store, int place) {
        var query = TenantQuery.FIRST.withLimit(1000);
        var page = store.page(query);
        for (var read = 1000; read < place; read += 1000) {
            page = store.page(query.withAfter(page.next().orElseThrow()));
        }
        return page.next().orElseThrow();
    }

    private int next() {
        return 1 + random.nextInt(TENANTS);
    }

    private Object bare(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(BARE)) {
            statement.setString(1, "tenant-" + next());
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getString("slug") + row.getString("config") + row.getTimestamp("created_at");
            }
        }
    }

    private static long number(DataSource pool, String sql) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(DataSource pool, String sql) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static HikariDataSource pool(Server server) {
        var config = new HikariConfig();
        config.setJdbcUrl(Server.url(server.port()));
        config.setUsername("tenancy_control");
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    private interface Work {
        Object run() throws SQLException;
    }
}
