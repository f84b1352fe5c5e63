package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** G6: many slugs, each created by several at once. {@code -Dproof.races=10000} makes it long. */
@TenancyTest
class CreationRaceTest {

    private static final int RACES = Integer.getInteger("proof.races", 50);
    private static final int RACERS = 4;

    private final List<HikariDataSource> pools = new ArrayList<>();
    private TestDatabase database;

    @BeforeEach
    void start(TestDatabase database) {
        this.database = database;
        ControlPlane.emptyStore(database);
    }

    @AfterEach
    void stop() {
        pools.forEach(HikariDataSource::close);
    }

    @Test
    void G6_of_those_who_create_one_slug_at_once_exactly_one_wins_and_nothing_is_left_over() throws Exception {
        var nodes = List.of(node(), node());
        var threads = Executors.newFixedThreadPool(RACERS);
        var barrier = new CyclicBarrier(RACERS);
        try {
            for (var race = 0; race < RACES; race++) {
                var slug = "race-" + race;
                var racers = IntStream.range(0, RACERS)
                        .mapToObj(racer -> threads.submit(() -> {
                            barrier.await();
                            return nodes.get(racer % 2).createTenant(new CreateTenantCommand(slug, slug));
                        }))
                        .toList();
                var outcomes = racers.stream().map(CreationRaceTest::outcome).toList();
                assertThat(outcomes)
                        .filteredOn(Tenant.class::isInstance)
                        .as(slug)
                        .hasSize(1);
                assertThat(outcomes)
                        .filteredOn(TenantSlugConflictException.class::isInstance)
                        .as(slug)
                        .hasSize(RACERS - 1);
            }
        } finally {
            threads.shutdownNow();
        }

        System.out.printf("G6: %d races of %d racers on two nodes, one winner each%n", RACES, RACERS);
        assertThat(number("select count(*) from tenancy.tenants where status = 'active'"))
                .isEqualTo(RACES);
        assertThat(number("select count(*) from tenancy.tenants")).isEqualTo(RACES);
        assertThat(number("select count(*) from tenancy.outbox where type = 'TenantProvisioned'"))
                .isEqualTo(RACES);
        assertThat(number("select count(*) from tenancy.journal where step = '' and state in ('open', 'undoing')"))
                .isZero();
        assertThat(number("select count(*) from pg_namespace where nspname like 'tenant\\_%'"))
                .isEqualTo(RACES);
        assertThat(number("select count(*) from pg_namespace n where nspname like 'tenant\\_%' and not exists"
                        + " (select from tenancy.tenants t where n.nspname = 'tenant_' || t.tenant_id)"))
                .as("schemas of nobody")
                .isZero();
    }

    @Test
    void G6_control_of_two_who_look_first_and_insert_then_both_win() throws SQLException {
        database.execute(Role.SUPERUSER, "drop table if exists naive; create table naive (slug text)");
        try (var one = database.as(Role.SUPERUSER).getConnection();
                var other = database.as(Role.SUPERUSER).getConnection()) {
            for (var connection : List.of(one, other)) {
                connection.setAutoCommit(false);
                try (var look = connection.prepareStatement("select from naive where slug = 'acme'");
                        var rows = look.executeQuery()) {
                    assertThat(rows.next()).isFalse();
                }
            }
            for (var connection : List.of(one, other)) {
                try (var insert = connection.prepareStatement("insert into naive values ('acme')")) {
                    insert.executeUpdate();
                }
                connection.commit();
            }
        }

        assertThat(number("select count(*) from naive")).isEqualTo(2);
    }

    private TenantLifecycleService node() {
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername("tenancy_control");
        config.setMaximumPoolSize(4);
        var pool = new HikariDataSource(config);
        pools.add(pool);
        return LifecycleNode.service(SqlTenantStore.of(pool, false), database.jdbcUrl(), point -> {}, () -> {});
    }

    private static Object outcome(Future<?> racer) {
        try {
            return racer.get();
        } catch (ExecutionException failure) {
            return failure.getCause();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private int number(String sql) {
        return Integer.parseInt(ControlPlane.text(database, sql));
    }
}
