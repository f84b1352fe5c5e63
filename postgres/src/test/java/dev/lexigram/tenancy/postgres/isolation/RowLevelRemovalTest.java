package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TenancyTest
class RowLevelRemovalTest {

    private static final List<String> TABLES = RemovalTables.NAMES;

    @BeforeAll
    static void create(TestDatabase database) {
        RemovalTables.create(database);
    }

    @BeforeEach
    void fill(TestDatabase database) {
        RemovalTables.fill(database);
    }

    @ParameterizedTest
    @EnumSource
    void every_row_of_the_tenant_goes_in_the_order_of_foreign_keys_and_no_other(
            BinderUnderTest binder, TestDatabase database) throws SQLException {
        var strategy = strategy(binder, Role.APP, database);

        var report = strategy.deprovision(RowLevelTest.ACME, DeprovisionPolicy.DROP);

        assertThat(report)
                .contains(
                        new ErasedResource("public.line", 12_000, 12_000, 0),
                        new ErasedResource("public.visit", 12_000, 12_000, 0),
                        new ErasedResource("public.category", 20, 20, 0),
                        new ErasedResource("public.hen", 1, 1, 0),
                        new ErasedResource("public.egg", 1, 1, 0))
                .extracting(ErasedResource::name)
                .containsExactlyInAnyOrder(
                        TABLES.stream().map(table -> "public." + table).toArray(String[]::new));
        assertThat(RemovalTables.owners(database)).containsOnly("globex").hasSize(TABLES.size());
        assertThat(strategy.deprovision(RowLevelTest.ACME, DeprovisionPolicy.DROP))
                .as("again")
                .allMatch(resource -> resource.found() == 0 && resource.removed() == 0);
    }

    @Test
    void a_login_that_bypasses_policies_is_refused_and_nothing_is_removed(TestDatabase database) throws SQLException {
        var strategy = strategy(BinderUnderTest.PLAIN, Role.SUPERUSER, database);

        assertThatThrownBy(() -> strategy.deprovision(RowLevelTest.ACME, DeprovisionPolicy.DROP))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageContaining("public.customer");

        assertThat(RemovalTables.owners(database)).contains("acme");
        try (var connection = database.as(Role.SUPERUSER).getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(statement.executeUpdate("delete from line"))
                    .as("control: for such a login a deletion is confined by nothing")
                    .isEqualTo(12_001);
            connection.rollback();
        }
    }

    @Test
    void a_table_in_which_the_login_may_not_delete_is_named_before_anything_is_removed(TestDatabase database)
            throws SQLException {
        database.execute(Role.SUPERUSER, "revoke delete on invoice from tenancy_app");
        try {
            assertThatThrownBy(() -> strategy(BinderUnderTest.PLAIN, Role.APP, database)
                            .deprovision(RowLevelTest.ACME, DeprovisionPolicy.DROP))
                    .isInstanceOf(TenantProvisioningException.class)
                    .hasMessageContaining("public.invoice")
                    .hasMessageNotContaining("public.line");
        } finally {
            database.execute(Role.SUPERUSER, "grant delete on invoice to tenancy_app");
        }

        assertThat(RowLevelTest.rows(database.as(Role.SUPERUSER), "select count(*) from line"))
                .containsExactly("12001");
    }

    @Test
    void LC_06_a_removal_that_broke_off_goes_on_with_what_is_left(TestDatabase database) throws SQLException {
        var strategy = strategy(BinderUnderTest.PLAIN, Role.APP, database);
        database.execute(Role.SUPERUSER, """
                create function stop() returns trigger language plpgsql as
                  $$ begin raise exception 'disk full'; end $$;
                create trigger stop before delete on invoice for each statement execute function stop();
                """);
        assertThatThrownBy(() -> strategy.deprovision(RowLevelTest.ACME, DeprovisionPolicy.DROP))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageNotContaining("disk full");
        database.execute(Role.SUPERUSER, "drop function stop cascade");

        var report = strategy.deprovision(RowLevelTest.ACME, DeprovisionPolicy.DROP);

        assertThat(report).contains(new ErasedResource("public.line", 0, 0, 0));
        assertThat(RemovalTables.owners(database)).containsOnly("globex");
    }

    @Test
    void keeping_touches_nothing_and_says_what_stays_and_archiving_is_refused(TestDatabase database)
            throws SQLException {
        var strategy = strategy(BinderUnderTest.PLAIN, Role.APP, database);

        assertThat(strategy.deprovision(RowLevelTest.ACME, DeprovisionPolicy.KEEP))
                .contains(new ErasedResource("public.line", 12_000, 0, 12_000));
        for (var impossible : List.of(strategy, new RowLevelIsolationStrategy())) {
            assertThatThrownBy(() -> impossible.deprovision(RowLevelTest.ACME, DeprovisionPolicy.RENAME))
                    .isInstanceOf(TenantIsolationException.class)
                    .hasMessageContaining("rename")
                    .hasMessageContaining("lifecycle.deprovision_policy");
        }
        assertThatThrownBy(() -> new RowLevelIsolationStrategy().deprovision(RowLevelTest.ACME, DeprovisionPolicy.DROP))
                .as("without a pool there is nothing to delete through")
                .isInstanceOf(TenantIsolationException.class);
        assertThat(RemovalTables.owners(database)).contains("acme");
    }

    private static RowLevelIsolationStrategy strategy(BinderUnderTest binder, Role role, TestDatabase database) {
        return new RowLevelIsolationStrategy(binder.connections(database, role), binder.of(IsolationConfig.DEFAULTS));
    }
}
