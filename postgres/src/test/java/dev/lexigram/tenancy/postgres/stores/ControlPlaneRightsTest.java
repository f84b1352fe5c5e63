package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.isolation.PlainTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TenancyTest
class ControlPlaneRightsTest {

    private static final List<Role> OTHERS = List.of(Role.APP, Role.ADMIN, Role.MIGRATOR);

    private TestDatabase database;

    @BeforeEach
    void start_with_an_empty_schema(TestDatabase database) {
        this.database = database;
        ControlPlane.dropAll(database);
    }

    @Test
    void no_other_role_can_read_or_write_a_table_of_the_control_plane() {
        SqlTenantStore.of(database.as(Role.CONTROL));

        assertEveryTableIsClosed();
        for (var table : ControlPlane.TABLES) {
            assertThatCode(() -> database.execute(Role.CONTROL, "select * from tenancy." + table))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void default_privileges_open_no_table_of_the_control_plane() {
        grantByDefault("grant all on tables to tenancy_app, tenancy_admin, tenancy_owner, public");
        try {
            SqlTenantStore.of(database.as(Role.CONTROL));
            database.execute(Role.CONTROL, "create table tenancy.unguarded (id int)");

            assertThatCode(() -> database.execute(Role.APP, "select * from tenancy.unguarded"))
                    .as("control: a table that nobody closes is open")
                    .doesNotThrowAnyException();
            assertEveryTableIsClosed();
        } finally {
            grantByDefault("revoke all on tables from tenancy_app, tenancy_admin, tenancy_owner, public");
            database.execute(Role.CONTROL, "drop table if exists tenancy.unguarded");
        }
    }

    @Test
    void a_data_source_of_tenants_is_refused() {
        var tenants = TenantDataSource.rowLevel(
                database.as(Role.CONTROL), new PlainTransactionBinder("tenancy.tenant_id"), () -> true);

        assertThatThrownBy(() -> SqlTenantStore.of(tenants))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("a DataSource of its own");
        assertThatThrownBy(() -> SqlTenantMembership.of(tenants)).isInstanceOf(TenancyConfigurationException.class);
    }

    private void grantByDefault(String change) {
        database.execute(
                Role.SUPERUSER, "alter default privileges for role tenancy_control in schema tenancy " + change);
    }

    private void assertEveryTableIsClosed() {
        for (var role : OTHERS) {
            for (var table : ControlPlane.TABLES) {
                for (var attack : List.of("select * from tenancy.", "delete from tenancy.", "truncate tenancy.")) {
                    assertThatThrownBy(() -> database.execute(role, attack + table))
                            .as("%s %s%s", role, attack, table)
                            .hasMessageContaining("permission denied");
                }
            }
        }
        assertThat(ControlPlane.TABLES).hasSize(13);
    }
}
