package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.faults.FaultProxy.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.postgres.faults.FaultProxy;
import dev.lexigram.tenancy.postgres.faults.PgBouncer;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Two applications behind a PgBouncer in transaction mode, whose one server connection they get in turn. */
@Tag("pgbouncer")
@EnumSource
class PgBouncerTest extends RowLevelTest {

    private static final String BACKEND = "select pg_backend_pid()";

    private static PgBouncer bouncer;

    private FaultProxy proxy;
    private HikariDataSource secondPool;
    private TenantDataSource second;

    @BeforeAll
    static void startBouncer(TestDatabase database) {
        bouncer = PgBouncer.before(database.jdbcUrl(), Role.APP.login());
    }

    @AfterAll
    static void stopBouncer() {
        bouncer.close();
    }

    @Override
    String url(TestDatabase database) {
        return bouncer.jdbcUrl();
    }

    @BeforeEach
    void openSecondPool() {
        proxy = FaultProxy.before(bouncer.jdbcUrl());
        secondPool = poolOfOne(proxy.jdbcUrl(), binder);
        second = bound(secondPool);
    }

    @AfterEach
    void closeSecondPool() {
        assertThat(secondPool.getHikariPoolMXBean().getActiveConnections()).isZero();
        secondPool.close();
        proxy.close();
    }

    @Test
    void CN_10_without_the_library_a_session_setting_of_one_client_binds_every_other() throws SQLException {
        try (var first = client()) {
            run(first, "select public.become('acme', false)");
            for (var time = 0; time < 5; time++) {
                try (var later = client()) {
                    assertThat(rows(later, READ)).containsExactly("acme 1", "acme 2");
                    run(later, "select public.become('globex', false)");
                    assertThat(rows(first, READ)).containsExactly("globex 1", "globex 2");
                    run(first, "select public.become('acme', false)");
                }
            }
        } finally {
            cleanSession();
        }
    }

    @Test
    void CN_10_clients_in_autocommit_get_the_rows_of_their_own_tenant_statement_by_statement() throws SQLException {
        var seen = new ArrayList<String>();
        try (var acme = borrow(ACME, tenants);
                var globex = borrow(GLOBEX, second);
                var nobody = client()) {
            as(ACME, () -> seen.addAll(rows(acme, BACKEND)));
            as(GLOBEX, () -> assertThat(rows(globex, BACKEND)).isEqualTo(seen));
            for (var time = 0; time < 10; time++) {
                as(ACME, () -> assertThat(rows(acme, READ)).containsExactly("acme 1", "acme 2"));
                as(GLOBEX, () -> assertThat(rows(globex, READ)).containsExactly("globex 1", "globex 2"));
                as(ACME, () -> {
                    try (var prepared = acme.prepareStatement("select body from note where id > ? order by id")) {
                        prepared.setInt(1, 1);
                        try (var result = prepared.executeQuery()) {
                            assertThat(Scenario.all(result)).containsExactly("acme 2");
                        }
                    }
                });
                assertThatThrownBy(() -> rows(nobody, READ)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
            }
        }
    }

    @Test
    void CN_10_a_transaction_that_waited_for_the_other_client_begins_with_its_own_tenant() throws SQLException {
        as(ACME, () -> {
            try (var acme = tenants.getConnection()) {
                acme.setAutoCommit(false);
                for (var time = 0; time < 3; time++) {
                    run(acme, "insert into note (body) values ('more of acme')");
                    var before = proxy.passed(TO_SERVER);
                    var waiting = CompletableFuture.supplyAsync(this::readInATransactionOfGlobex);
                    Await.until("the other client's request", () -> proxy.passed(TO_SERVER) > before);
                    assertThat(rows(acme, READ)).startsWith("acme 1", "acme 2").endsWith("more of acme");
                    if (time == 1) {
                        acme.rollback();
                    } else {
                        acme.commit();
                    }
                    assertThat(waiting.join()).containsExactly("globex 1", "globex 2");
                }
                assertThat(rows(acme, READ)).hasSize(4);
            }
        });
    }

    @Test
    void CN_10_two_clients_in_any_order_of_work_never_meet_a_row_of_the_other() {
        var seed = new Random().nextLong();
        var byAcme = CompletableFuture.runAsync(() -> anyWork(ACME, tenants, new Random(seed)));
        var byGlobex = CompletableFuture.runAsync(() -> anyWork(GLOBEX, second, new Random(~seed)));

        assertThat(CompletableFuture.allOf(byAcme, byGlobex)).as("seed " + seed).succeedsWithin(Duration.ofMinutes(1));
    }

    @Test
    void CN_10_a_session_that_another_client_has_set_binds_no_client_of_the_library() throws SQLException {
        try (var other = client()) {
            run(other, "select public.become('acme', false)");
            assertThat(notes(pool)).as("without the library").containsExactly("acme 1", "acme 2");

            assertThat(notesOf(GLOBEX, second)).containsExactly("globex 1", "globex 2");
            assertThatThrownBy(() -> notes(second)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
            try (var connection = second.getConnection()) {
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> rows(connection, READ)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
            }
        } finally {
            cleanSession();
        }
    }

    @Test
    void CN_10_a_client_that_vanishes_in_its_transaction_leaves_nothing_to_the_other() throws SQLException {
        as(ACME, () -> {
            try (var acme = tenants.getConnection()) {
                acme.setAutoCommit(false);
                run(acme, "insert into note (body) values ('half done')");
                acme.abort(Runnable::run);
            }
        });

        assertThat(notesOf(GLOBEX, second)).containsExactly("globex 1", "globex 2");
        assertThat(notesOf(ACME, second)).containsExactly("acme 1", "acme 2");
    }

    @Test
    void CN_10_a_changed_binding_is_found_out_and_reaches_no_other_client() throws SQLException {
        as(ACME, () -> {
            try (var acme = tenants.getConnection()) {
                acme.setAutoCommit(false);
                run(acme, "select public.become('globex', true)");
                run(acme, "insert into note (body) values ('by acme')");
                assertThatThrownBy(acme::commit).isInstanceOf(TenantMismatchException.class);
            }
        });

        try (var other = client()) {
            assertThatThrownBy(() -> rows(other, READ)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        }
        assertThat(notesOf(GLOBEX, second)).containsExactly("globex 1", "globex 2");
    }

    private static void anyWork(Tenant tenant, DataSource dataSource, Random random) {
        unchecked(() -> as(tenant, () -> {
            for (var time = 0; time < 40; time++) {
                try (var connection = dataSource.getConnection()) {
                    connection.setAutoCommit(random.nextBoolean());
                    for (var statement = random.nextInt(1, 5); statement > 0; statement--) {
                        anyStatement(tenant, connection, random);
                    }
                    if (!connection.getAutoCommit() && random.nextBoolean()) {
                        connection.commit();
                    }
                }
            }
        }));
    }

    private static void anyStatement(Tenant tenant, Connection connection, Random random) throws SQLException {
        switch (random.nextInt(4)) {
            case 0 -> run(connection, "insert into note (body) values ('" + tenant.id() + " more')");
            case 1 -> {
                assertThatThrownBy(() -> run(connection, "select 1/0")).isInstanceOf(SQLException.class);
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
            case 2 -> run(connection, "update note set written = now()");
            default ->
                assertThat(rows(connection, READ))
                        .hasSizeGreaterThanOrEqualTo(2)
                        .allMatch(body -> body.startsWith(tenant.id().value()));
        }
    }

    private List<String> readInATransactionOfGlobex() {
        var read = new ArrayList<String>();
        unchecked(() -> as(GLOBEX, () -> {
            try (var globex = second.getConnection()) {
                globex.setAutoCommit(false);
                read.addAll(rows(globex, READ));
                globex.commit();
            }
        }));
        return read;
    }

    /** A client without the library. */
    private static Connection client() throws SQLException {
        return DriverManager.getConnection(bouncer.jdbcUrl(), Role.APP.login(), "");
    }

    private static void cleanSession() throws SQLException {
        try (var client = client()) {
            run(client, "discard all");
        }
    }

    private static Connection borrow(Tenant tenant, DataSource dataSource) throws SQLException {
        return TenantContext.<Connection, SQLException>callAs(tenant, dataSource::getConnection);
    }

    private static void as(Tenant tenant, Work work) throws SQLException {
        TenantContext.<SQLException>runAs(tenant, work::run);
    }

    private static void unchecked(Work work) {
        try {
            work.run();
        } catch (SQLException failure) {
            throw new CompletionException(failure);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }
}
