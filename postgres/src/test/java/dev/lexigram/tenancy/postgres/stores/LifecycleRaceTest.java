package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * G6: many slugs, each created at once by two threads on each of three nodes. The same races run with the unique claim of
 * names and without it; {@code -Dproof.races=10000} makes it long.
 */
@TenancyTest
class LifecycleRaceTest {

    private static final int RACES = Integer.getInteger("proof.races", 200);
    private static final int RACES_OF_THE_CONTROL = 20;
    private static final int NODES = 3;
    private static final int RACERS = 2 * NODES;

    private static final String UNCLAIMED = """
            alter table tenancy.tenant_names drop constraint tenant_names_pkey;
            drop index tenancy.tenant_names_folded
            """;

    private static final String CLAIMED = """
            truncate tenancy.tenant_names;
            alter table tenancy.tenant_names add constraint tenant_names_pkey primary key (name);
            create unique index tenant_names_folded on tenancy.tenant_names (lower(name))
            """;

    private final List<HikariDataSource> pools = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    private TestDatabase database;

    @BeforeEach
    void start(TestDatabase database) {
        this.database = database;
        ControlPlane.emptyStore(database);
        dropSchemas();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        pools.forEach(HikariDataSource::close);
    }

    @Test
    void G6_of_all_who_create_one_slug_at_once_exactly_one_wins_and_nothing_is_left_over() throws Exception {
        var races = race(RACES);

        System.out.printf("G6: %d races of %d threads on %d nodes: %s%n", RACES, RACERS, NODES, races);
        assertThat(races).isEqualTo(new Outcomes(RACES, RACES * (RACERS - 1), List.of()));
        assertThat(number("select count(*) from tenancy.tenants")).isEqualTo(RACES);
        assertThat(number("select count(*) from tenancy.tenants where status = 'active'"))
                .isEqualTo(RACES);
        assertThat(number("select count(distinct slug) from tenancy.tenants")).isEqualTo(RACES);
        assertThat(number("select count(*) from tenancy.outbox where type = 'TenantProvisioned'"))
                .isEqualTo(RACES);
        assertThat(number("select count(distinct tenant_id) from tenancy.outbox"))
                .isEqualTo(RACES);
        assertThat(number("select count(*) from tenancy.placements")).isEqualTo(RACES);
        assertThat(number("select count(*) from tenancy.journal where step = '' and state in ('open', 'undoing')"))
                .isZero();
        assertThat(schemasOfNobody()).isZero();
        assertThat(tenantsWithoutSchema()).isZero();
    }

    @Test
    void G6_control_without_the_unique_claim_of_names_more_than_one_wins() throws Exception {
        database.execute(Role.CONTROL, UNCLAIMED);
        try {
            var races = race(RACES_OF_THE_CONTROL);

            assertThat(races.others()).isEmpty();
            assertThat(races.won()).isGreaterThan(RACES_OF_THE_CONTROL);
        } finally {
            database.execute(Role.CONTROL, CLAIMED);
        }
    }

    @Test
    void G6_control_a_schema_of_nobody_and_a_tenant_without_a_schema_are_seen() throws Exception {
        race(1);
        assertThat(List.of(schemasOfNobody(), tenantsWithoutSchema())).containsExactly(0, 0);

        database.execute(Role.MIGRATOR, "create schema tenant_nobody authorization tenancy_owner");
        assertThat(List.of(schemasOfNobody(), tenantsWithoutSchema())).containsExactly(1, 0);
        dropSchemas();

        assertThat(List.of(schemasOfNobody(), tenantsWithoutSchema())).containsExactly(0, 1);
    }

    private Outcomes race(int races) throws InterruptedException {
        var nodes = IntStream.range(0, NODES).mapToObj(number -> node()).toList();
        var barrier = new CyclicBarrier(RACERS);
        var outcomes = new Outcomes(0, 0, List.of());
        for (var race = 0; race < races; race++) {
            var slug = "race-" + race;
            var racers = IntStream.range(0, RACERS)
                    .mapToObj(racer -> threads.submit(() -> create(nodes.get(racer % NODES), slug, barrier)))
                    .toList();
            for (var racer : racers) {
                outcomes = outcomes.and(outcome(racer));
            }
        }
        return outcomes;
    }

    private static Tenant create(TenantLifecycleService node, String slug, CyclicBarrier barrier)
            throws InterruptedException, BrokenBarrierException {
        barrier.await();
        return node.createTenant(new CreateTenantCommand(slug, slug));
    }

    private static Object outcome(Future<?> racer) throws InterruptedException {
        try {
            return racer.get();
        } catch (ExecutionException failure) {
            return failure.getCause();
        }
    }

    private TenantLifecycleService node() {
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(Role.CONTROL.login());
        config.setMaximumPoolSize(4);
        var pool = new HikariDataSource(config);
        pools.add(pool);
        return LifecycleNode.service(SqlTenantStore.of(pool, false), database.jdbcUrl(), point -> {}, () -> {});
    }

    private int schemasOfNobody() {
        return number("select count(*) from pg_namespace n where n.nspname like 'tenant\\_%' and not exists"
                + " (select from tenancy.tenants t where n.nspname = 'tenant_' || t.tenant_id)");
    }

    private int tenantsWithoutSchema() {
        return number("select count(*) from tenancy.tenants t where not exists"
                + " (select from pg_namespace n where n.nspname = 'tenant_' || t.tenant_id)");
    }

    private void dropSchemas() {
        database.execute(Role.MIGRATOR, """
                do $$
                declare name text;
                begin
                    for name in select nspname from pg_namespace where nspname like 'tenant\\_%' loop
                        execute format('drop schema %I cascade', name);
                    end loop;
                end $$
                """);
    }

    private int number(String sql) {
        return Integer.parseInt(ControlPlane.text(database, sql));
    }

    /** What the racers of all races were told; anything else than these two answers is kept. */
    private record Outcomes(int won, int exists, List<Object> others) {

        Outcomes and(Object outcome) {
            if (outcome instanceof Tenant) {
                return new Outcomes(won + 1, exists, others);
            }
            if (outcome instanceof TenantException refused && refused.code().equals("LEX_ERR_TENANT_007")) {
                return new Outcomes(won, exists + 1, others);
            }
            var more = new ArrayList<>(others);
            more.add(outcome);
            return new Outcomes(won, exists, more);
        }
    }
}
