package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.isolation.RowLevelTest.ACME;
import static dev.lexigram.tenancy.postgres.isolation.RowLevelTest.GLOBEX;
import static dev.lexigram.tenancy.postgres.isolation.RowLevelTest.READ;
import static dev.lexigram.tenancy.postgres.isolation.RowLevelTest.UNBOUND;
import static dev.lexigram.tenancy.postgres.isolation.RowLevelTest.backend;
import static dev.lexigram.tenancy.postgres.isolation.RowLevelTest.notes;
import static dev.lexigram.tenancy.postgres.isolation.RowLevelTest.notesOf;
import static dev.lexigram.tenancy.postgres.isolation.RowLevelTest.rows;
import static dev.lexigram.tenancy.postgres.isolation.RowLevelTest.run;
import static dev.lexigram.tenancy.postgres.isolation.RowLevelTest.runAs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.postgres.faults.PrivateServer;
import dev.lexigram.tenancy.postgres.faults.StandbyServer;
import dev.lexigram.tenancy.testkit.Role;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tenants that read from a standby, also after it has become the primary. */
@ParameterizedClass
@EnumSource
class StandbyTest {

    private static final String WRITE = "insert into public.note (body) values ('more')";
    private static final String READ_ONLY = "25006";

    private static PrivateServer primary;

    @Parameter
    BinderUnderTest binder;

    private StandbyServer standby;
    private HikariDataSource pool;
    private SelfTestedBinder chosen;
    private TenantDataSource tenants;

    @BeforeAll
    static void startPrimary() {
        primary = PrivateServer.start();
        primary.execute(
                Role.MIGRATOR,
                "set role tenancy_owner; create table public.note"
                        + " (id int generated always as identity primary key, body text not null);"
                        + " grant select, insert, update, delete on public.note to tenancy_app");
        RowLevelPolicies.forTables("note").apply(primary.as(Role.MIGRATOR));
        primary.execute(
                Role.MIGRATOR,
                "insert into public.note (tenant_id, body) values"
                        + " ('acme', 'acme 1'), ('globex', 'globex 1'), ('acme', 'acme 2')");
    }

    @AfterAll
    static void stopPrimary() {
        primary.close();
    }

    @BeforeEach
    void startStandby() {
        standby = StandbyServer.of(primary);
        standby.awaitCaughtUp();
        pool = RowLevelTest.poolOfOne(standby.jdbcUrl(), binder);
        chosen = new SelfTestedBinder("replica", pool, IsolationConfig.DEFAULTS);
        tenants = TenantDataSource.rowLevel(
                pool,
                chosen,
                () -> TenancyAudit.of(pool, IsolationConfig.DEFAULTS)
                        .run()
                        .errors()
                        .isEmpty());
    }

    @AfterEach
    void stopStandby() {
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        pool.close();
        standby.close();
    }

    @Test
    void CN_22_on_a_standby_each_tenant_reads_its_own_rows_and_nobody_none() throws SQLException {
        assertThat(rows(standby.as(Role.ADMIN), READ))
                .as("without a binding and policies")
                .hasSize(3);

        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2");
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1");
        assertThatThrownBy(() -> notes(tenants)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        TenantContext.<SQLException>runAs(GLOBEX, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                assertThat(rows(connection, READ)).containsExactly("globex 1");
                connection.commit();
                assertThat(rows(connection, READ)).containsExactly("globex 1");
                connection.rollback();
            }
        });
        assertThat(chosen.name()).isEqualTo(binder == BinderUnderTest.DRIVER ? "driver" : "plain");
    }

    @Test
    void CN_22_the_audit_proves_on_a_standby_what_it_proves_on_the_primary() {
        var audit = TenancyAudit.of(pool, IsolationConfig.DEFAULTS);
        assertThat(audit.run().findings()).isEmpty();

        primary.execute(Role.MIGRATOR, "alter table public.note no force row level security");
        try {
            standby.awaitCaughtUp();
            assertThat(audit.run().errors()).isNotEmpty();
        } finally {
            primary.execute(Role.MIGRATOR, "alter table public.note force row level security");
        }
    }

    @Test
    void CN_22_a_write_fails_on_a_standby_and_leaves_nobody_bound_wrongly() throws SQLException {
        chosen.prepare(); // the self-test closes a connection
        var before = backend(pool);
        assertThatThrownBy(() -> runAs(ACME, tenants, WRITE)).hasFieldOrPropertyWithValue("SQLState", READ_ONLY);
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                assertThat(rows(connection, READ)).hasSize(2);
                assertThatThrownBy(() -> run(connection, WRITE)).hasFieldOrPropertyWithValue("SQLState", READ_ONLY);
                connection.rollback();
                assertThat(rows(connection, READ)).hasSize(2);
            }
        });

        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1");
        assertThatThrownBy(() -> notes(tenants)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        assertThatThrownBy(() -> rows(pool, READ)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        assertThat(rows(standby.as(Role.ADMIN), READ)).doesNotContain("more");
        assertThat(backend(pool)).as("on one connection all the while").isEqualTo(before);
    }

    @Test
    void CN_22_after_its_promotion_the_same_data_source_writes_for_the_right_tenant() throws SQLException {
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1");
        var old = backend(pool);

        standby.promote();

        runAs(GLOBEX, tenants, "insert into public.note (body) values ('globex 2')");
        assertThat(backend(pool)).as("the physical connection from before").isEqualTo(old);
        pool.getHikariPoolMXBean().softEvictConnections();
        runAs(ACME, tenants, "insert into public.note (body) values ('acme 3')");
        assertThat(backend(pool)).as("a new one").isNotEqualTo(old);
        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2", "acme 3");
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
        assertThatThrownBy(() -> notes(tenants)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        assertThat(rows(
                        standby.as(Role.ADMIN),
                        "select tenant_id from public.note where body in ('globex 2', 'acme 3')"))
                .containsExactlyInAnyOrderElementsOf(List.of("globex", "acme"));
    }
}
