package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.LifecycleConfig;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantInactiveException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** I-14: the database itself asks whether a tenant is served, whatever the application has heard. */
@EnumSource
class StrictStatusTest extends RowLevelTest {

    private static final String SUSPEND = "update tenancy.tenants set status = 'suspended' where tenant_id = 'acme'";

    private TestDatabase database;
    private DataSource migrator;

    @BeforeEach
    void createTenants(TestDatabase database) {
        this.database = database;
        migrator = database.as(Role.MIGRATOR);
        SqlTenantStore.of(database.as(Role.CONTROL));
        database.execute(Role.CONTROL, "truncate tenancy.tenants cascade");
        try (var tenancy = tenancy()) {
            for (var name : new String[] {"acme", "globex"}) {
                tenancy.tenants().createTenant(new CreateTenantCommand(name, name).withId(TenantId.of(name)));
            }
        }
        RowLevelPolicies.forTables("note").withStrictStatus(true).apply(migrator);
    }

    @AfterEach
    void relax() {
        RowLevelPolicies.forTables("note").apply(migrator);
    }

    @Test
    void I_14_a_suspension_holds_from_the_next_statement_of_an_open_transaction() throws SQLException {
        inTransaction(ACME, connection -> {
            assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
            database.execute(Role.CONTROL, SUSPEND);

            assertNotServed(() -> run(connection, "insert into note (body) values ('late')"));
            connection.rollback();
            assertNotServed(() -> rows(connection, READ));
        });
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
    }

    @Test
    void I_14_control_without_it_the_database_goes_on() throws SQLException {
        RowLevelPolicies.forTables("note").apply(migrator);
        inTransaction(ACME, connection -> {
            database.execute(Role.CONTROL, SUSPEND);
            run(connection, "insert into note (body) values ('late')");
            assertThat(rows(connection, READ)).contains("late");
        });
    }

    @Test
    void I_14_only_an_active_tenant_is_served() throws SQLException {
        for (var status : TenantStatus.values()) {
            database.execute(
                    Role.CONTROL,
                    "update tenancy.tenants set status = '" + status.wireName() + "' where tenant_id = 'acme'");
            if (status == TenantStatus.ACTIVE) {
                assertThat(notesOf(ACME, tenants)).hasSize(2);
            } else {
                assertNotServed(() -> notesOf(ACME, tenants));
            }
        }
        assertNotServed(() -> notesOf(tenant("nobody"), tenants));
        assertThatThrownBy(() -> notes(tenants)).hasMessageContaining("tenant not bound");
    }

    @Test
    void I_14_it_goes_together_with_sealed_mode() throws SQLException {
        RowLevelPolicies.forTables("note")
                .withSealed(true)
                .withStrictStatus(true)
                .apply(migrator);
        database.execute(Role.MIGRATOR, "delete from tenancy.seal_keys");
        var key = SealKeys.of(migrator).create("first");
        var sealed = TenantDataSource.rowLevel(
                pool, binder.sealed(IsolationConfig.DEFAULTS.withSealed(true), () -> key), () -> true);
        assertThat(notesOf(ACME, sealed)).hasSize(2);

        database.execute(Role.CONTROL, SUSPEND);

        assertNotServed(() -> notesOf(ACME, sealed));
        assertThat(notesOf(GLOBEX, sealed)).hasSize(2);
        assertThatThrownBy(() -> notesOf(GLOBEX, tenants)).hasMessageContaining("not valid");
    }

    @Test
    void a_tenant_is_made_and_removed_as_ever() throws SQLException {
        database.execute(Role.MIGRATOR, "set role tenancy_owner; grant delete on naive to tenancy_app");
        try (var tenancy = tenancy()) {
            tenancy.tenants().deleteTenant(ACME.id(), DeprovisionPolicy.DROP);

            Await.until("the removal, by this call or by maintenance", () -> {
                tenancy.recover();
                return tenancy.tenants()
                        .getTenant(ACME.id())
                        .map(Tenant::status)
                        .equals(Optional.of(TenantStatus.DELETED));
            });
        }
        database.execute(Role.CONTROL, "update tenancy.tenants set status = 'active' where tenant_id = 'acme'");
        assertThat(notesOf(ACME, tenants)).isEmpty();
        assertThat(notesOf(GLOBEX, tenants)).hasSize(2);
    }

    private Tenancy tenancy() {
        return Tenancy.builder()
                .config(TenancyConfig.DEFAULTS.withLifecycle(LifecycleConfig.DEFAULTS.withDeleteGrace(Duration.ZERO)))
                .store(SqlTenantStore.of(database.as(Role.CONTROL)))
                .membership((principal, tenant) -> true)
                .strategy(new RowLevelIsolationStrategy(pool, binder.of(IsolationConfig.DEFAULTS)))
                .build();
    }

    private void inTransaction(Tenant tenant, Work work) throws SQLException {
        TenantContext.<SQLException>runAs(tenant, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                work.on(connection);
            }
        });
    }

    private static void assertNotServed(ThrowingCallable work) {
        assertThatThrownBy(work).satisfies(failure -> {
            assertThat(((SQLException) failure).getSQLState()).isEqualTo(UNBOUND);
            assertThat(TenantException.causeOf(failure)).containsInstanceOf(TenantInactiveException.class);
        });
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }
}
