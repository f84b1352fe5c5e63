package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.postgres.database.DatabaseFixture;
import dev.lexigram.tenancy.postgres.database.TenantPools;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.tenant.TenantSuspendedException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tenants with a database each, beside others in the same DataSource. */
@TenancyTest
class DatabaseIsolationTest {

    private static final Tenant ACME = inDatabase(RowLevelTest.ACME);
    private static final Tenant GLOBEX = inDatabase(RowLevelTest.GLOBEX);
    private static final String READ = "select body from note order by body";

    private static DatabaseFixture fixture;
    private static TestDatabase server;

    private TenantPools pools;

    @BeforeAll
    static void makeDatabases(TestDatabase database) {
        server = database;
        database.execute(
                Role.MIGRATOR,
                "set role tenancy_owner; create table note (body text not null);"
                        + " grant select, insert, update, delete on note to tenancy_app");
        RowLevelPolicies.forTables("note").apply(database.as(Role.MIGRATOR));
        database.execute(Role.SUPERUSER, "insert into note (body, tenant_id) values ('of initech', 'initech')");
        fixture = new DatabaseFixture(database);
        var databases = fixture.databases(DatabaseFixture.ONE_TABLE);
        databases.prepare();
        databases.provision(ACME.id());
        databases.provision(GLOBEX.id());
    }

    @AfterAll
    static void dropDatabases() throws SQLException {
        fixture.clear();
    }

    @AfterEach
    void closePools() {
        pools.close();
    }

    @ParameterizedTest
    @EnumSource
    void RX_04_a_transaction_in_a_database_of_its_own_has_the_same_limits(BinderUnderTest binder) throws SQLException {
        var tenants = tenants(binder);
        var limits = "select current_setting(name) from unnest(array['statement_timeout', 'lock_timeout',"
                + " 'idle_in_transaction_session_timeout']) name";

        TenantContext.<SQLException>runAs(
                ACME, () -> assertThat(RowLevelTest.rows(tenants, limits)).containsExactly("30s", "5s", "10s"));
    }

    @ParameterizedTest
    @EnumSource
    void each_tenant_sees_its_own_database_and_a_row_level_tenant_lives_beside_them(BinderUnderTest binder)
            throws SQLException {
        var tenants = tenants(binder);
        for (var tenant : List.of(ACME, GLOBEX)) {
            TenantContext.<SQLException>runAs(tenant, () -> RowLevelTest.run(tenants, "delete from note"));
            TenantContext.<SQLException>runAs(
                    tenant, () -> RowLevelTest.run(tenants, "insert into note values ('of " + tenant.id() + "')"));
        }

        for (var tenant : List.of(ACME, GLOBEX, RowLevelTest.tenant("initech"), ACME)) {
            TenantContext.<SQLException>runAs(
                    tenant, () -> assertThat(RowLevelTest.rows(tenants, READ)).containsExactly("of " + tenant.id()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void CN_12_injected_sql_that_switches_the_tenant_gains_nothing(BinderUnderTest binder) throws SQLException {
        var tenants = tenants(binder);
        TenantContext.<SQLException>runAs(GLOBEX, () -> {
            RowLevelTest.run(tenants, "delete from note");
            RowLevelTest.run(tenants, "insert into note values ('secret')");
        });

        var attack = "select body from note where body = 'x' or"
                + " (select set_config('tenancy.tenant_id', 'globex', true)) is null union all select body from note";

        TenantContext.<SQLException>runAs(ACME, () -> {
            RowLevelTest.run(tenants, "delete from note");
            try {
                assertThat(RowLevelTest.rows(tenants, attack)).isEmpty();
            } catch (RuntimeException | SQLException noticed) {
                assertThat(noticed).hasMessageNotContaining("secret");
            }
        });
        TenantContext.<SQLException>runAs(
                GLOBEX,
                () -> assertThat(RowLevelTest.rows(tenants, READ)).as("control").containsExactly("secret"));
    }

    @ParameterizedTest
    @EnumSource
    void I_7_a_connection_refuses_every_other_tenant_and_none(BinderUnderTest binder) throws SQLException {
        var tenants = tenants(binder);
        for (var other : List.of(GLOBEX, RowLevelTest.tenant("initech"))) {
            var connection = TenantContext.callAs(ACME, tenants::getConnection);
            var statement = TenantContext.callAs(ACME, () -> connection.prepareStatement(READ));
            TenantContext.runAs(
                    other,
                    () -> assertThatThrownBy(statement::executeQuery).isInstanceOf(TenantMismatchException.class));
            assertThat(connection.isClosed()).isTrue();
            connection.close();
        }
        var connection = TenantContext.callAs(ACME, tenants::getConnection);
        var statement = TenantContext.callAs(ACME, () -> connection.prepareStatement(READ));
        assertThatThrownBy(statement::executeQuery).isInstanceOf(TenantMismatchException.class);
        connection.close();

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var own = tenants.getConnection()) {
                own.prepareStatement(READ).executeQuery(); // control
            }
        });
        assertThat(pools.lent()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void AZ_02_who_is_not_served_any_more_commits_nothing(BinderUnderTest binder) throws SQLException {
        var suspended = new AtomicBoolean();
        var tenants = tenants(binder);
        tenants.servedWhile(tenant -> {
            if (suspended.get()) {
                throw TenantSuspendedException.of(tenant);
            }
        });
        TenantContext.<SQLException>runAs(ACME, () -> {
            RowLevelTest.run(tenants, "delete from note");
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                RowLevelTest.run(connection, "insert into note values ('late')");
                suspended.set(true);

                assertThatThrownBy(connection::commit).isInstanceOf(TenantSuspendedException.class);
            }
            suspended.set(false);
            assertThat(RowLevelTest.rows(tenants, READ)).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void CN_02_what_is_set_in_a_session_does_not_reach_the_next_borrower(BinderUnderTest binder) throws SQLException {
        var tenants = tenants(binder);
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                RowLevelTest.run(connection, "set application_name = 'mine'");
            }
            assertThat(RowLevelTest.rows(tenants, "show application_name")).containsExactly("tenancy-database");
        });
    }

    private TenantDataSource tenants(BinderUnderTest which) {
        pools = fixture.pools(PoolsConfig.DEFAULTS);
        var binder = which.of(IsolationConfig.DEFAULTS);
        var shared = which.connections(server, Role.APP);
        var registry = new IsolationStrategyRegistry();
        registry.register(new RowLevelIsolationStrategy(shared, binder));
        registry.register(new DatabaseIsolationStrategy(pools, binder));
        return TenantDataSource.of(shared, binder, registry, () -> true);
    }

    private static Tenant inDatabase(Tenant tenant) {
        return SchemaTables.of(tenant, DatabaseIsolationStrategy.NAME);
    }
}
