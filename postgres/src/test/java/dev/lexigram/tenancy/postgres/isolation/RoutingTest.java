package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two data sources, and frameworks that borrow late or choose by tenant: a connection belongs to the tenant that was
 * current when it really was borrowed, whoever asks for it later.
 */
@EnumSource
class RoutingTest extends RowLevelTest {

    private static final String STORE = "insert into note (body) values ('stored under a false name')";

    private HikariDataSource secondPool;
    private TenantDataSource second;

    @BeforeEach
    void openSecondPool(TestDatabase database) {
        secondPool = poolOfOne(database.jdbcUrl(), binder);
        second = bound(secondPool);
    }

    @AfterEach
    void closeSecondPool() {
        assertThat(secondPool.getHikariPoolMXBean().getActiveConnections()).isZero();
        secondPool.close();
    }

    @Test
    void CN_23_a_connection_that_was_borrowed_before_the_tenant_changed_is_refused_from_its_first_statement_on()
            throws SQLException {
        var before = backend(pool);
        as(ACME, () -> {
            try (var late = LateConnection.of(() -> boundOnce(pool))) {
                late.setAutoCommit(false);
                as(
                        GLOBEX,
                        () -> assertThat(rows(late, READ))
                                .as("without the library")
                                .containsExactly("globex 1", "globex 2"));
            }
        });

        as(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                as(GLOBEX, () -> isRefused(connection, () -> rows(connection, READ)));
            }
        });

        assertThat(backend(pool)).isNotEqualTo(before);
    }

    @Test
    void CN_23_a_connection_that_is_borrowed_late_is_of_one_tenant_from_then_on() throws SQLException {
        as(ACME, () -> {
            try (var late = LateConnection.of(() -> boundOnce(pool))) {
                late.setAutoCommit(false);
                as(GLOBEX, () -> rows(late, READ));
                run(late, STORE);
                late.commit();
            }
        });
        assertThat(notesOf(GLOBEX, tenants)).as("without the library").contains("stored under a false name");
        runAs(GLOBEX, tenants, "delete from note where body like 'stored%'");
        var before = backend(pool);

        as(ACME, () -> {
            try (var late = LateConnection.of(tenants::getConnection)) {
                late.setAutoCommit(false);
                as(GLOBEX, () -> assertThat(rows(late, READ)).containsExactly("globex 1", "globex 2"));
                isRefused(late, () -> run(late, STORE));
            }
        });

        nothingWasStored();
        assertThat(backend(pool)).isNotEqualTo(before);
    }

    @Test
    void CN_23_a_commit_after_the_tenant_has_changed_is_refused_although_its_statements_were_right()
            throws SQLException {
        as(ACME, () -> {
            try (var late = LateConnection.of(() -> boundOnce(pool))) {
                late.setAutoCommit(false);
                as(GLOBEX, () -> run(late, STORE));
                late.commit();
            }
        });
        assertThat(notesOf(GLOBEX, tenants)).as("without the library").contains("stored under a false name");
        runAs(GLOBEX, tenants, "delete from note where body like 'stored%'");

        as(ACME, () -> {
            try (var late = LateConnection.of(tenants::getConnection)) {
                late.setAutoCommit(false);
                as(GLOBEX, () -> run(late, STORE));
                isRefused(late, late::commit);
            }
        });

        nothingWasStored();
    }

    @Test
    void CN_23_a_connection_that_was_routed_by_tenant_is_refused_after_the_tenant_has_changed(TestDatabase database)
            throws SQLException {
        try (var acme = poolOfOne(database.jdbcUrl() + "?options=-c%20tenancy.tenant_id=acme", binder);
                var globex = poolOfOne(database.jdbcUrl() + "?options=-c%20tenancy.tenant_id=globex", binder)) {
            as(ACME, () -> {
                try (var connection = route(acme, globex)) {
                    as(
                            GLOBEX,
                            () -> assertThat(rows(connection, READ))
                                    .as("without the library")
                                    .containsExactly("acme 1", "acme 2"));
                }
            });
        }
        var before = backend(pool);

        as(ACME, () -> {
            try (var connection = route(tenants, second)) {
                as(GLOBEX, () -> {
                    isRefused(connection, () -> rows(connection, READ));
                    try (var other = route(tenants, second)) {
                        assertThat(rows(other, READ)).containsExactly("globex 1", "globex 2");
                    }
                });
            }
        });

        assertThat(backend(pool)).isNotEqualTo(before);
        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2");
    }

    @Test
    void CN_23_work_on_two_data_sources_is_stored_by_neither_after_the_tenant_has_changed() throws SQLException {
        as(ACME, () -> {
            try (var one = boundOnce(pool);
                    var other = boundOnce(secondPool)) {
                run(one, STORE);
                run(other, STORE);
                as(GLOBEX, () -> {
                    one.commit();
                    other.commit();
                });
            }
        });
        assertThat(notesOf(ACME, tenants)).as("without the library").hasSize(4);
        runAs(ACME, tenants, "delete from note where body like 'stored%'");
        var before = backend(pool) + ", " + backend(secondPool);

        as(ACME, () -> {
            try (var one = tenants.getConnection();
                    var other = second.getConnection()) {
                for (var connection : new Connection[] {one, other}) {
                    connection.setAutoCommit(false);
                    run(connection, STORE);
                }
                as(GLOBEX, () -> {
                    isRefused(one, one::commit);
                    isRefused(other, other::commit);
                });
            }
        });

        nothingWasStored();
        assertThat(backend(pool) + ", " + backend(secondPool)).isNotEqualTo(before);
    }

    /** A transaction as a simple filter binds it: to the tenant of the moment, once. */
    private static Connection boundOnce(DataSource dataSource) throws SQLException {
        var connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        run(connection, "select public.become('" + TenantContext.require().id() + "', true)");
        return connection;
    }

    private static Connection route(DataSource ofAcme, DataSource ofGlobex) throws SQLException {
        return Map.of(ACME, ofAcme, GLOBEX, ofGlobex)
                .get(TenantContext.require())
                .getConnection();
    }

    private static void isRefused(Connection connection, Work work) throws SQLException {
        assertThatThrownBy(work::run)
                .isInstanceOf(TenantMismatchException.class)
                .hasMessageContaining("'acme'")
                .hasMessageContaining("'globex'");
        assertThat(connection.isClosed()).isTrue();
    }

    private void nothingWasStored() throws SQLException {
        assertThat(notesOf(ACME, second)).containsExactly("acme 1", "acme 2");
        assertThat(notesOf(GLOBEX, second)).containsExactly("globex 1", "globex 2");
    }

    private static void as(Tenant tenant, Work work) throws SQLException {
        TenantContext.<SQLException>runAs(tenant, work::run);
    }

    private interface Work {
        void run() throws SQLException;
    }
}
