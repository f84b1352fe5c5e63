package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TenancyTest
class RowLevelRemovalTest {

    private static final List<String> TABLES =
            List.of("customer", "invoice", "line", "category", "hen", "egg", "visit");

    private static final String DDL = """
            set role tenancy_owner;
            create table customer (id int primary key, tenant_id text);
            create table invoice (id int primary key, customer_id int references customer, tenant_id text);
            create table line (id int primary key, invoice_id int references invoice, tenant_id text);
            create table category (id int primary key, parent_id int references category, tenant_id text);
            create table hen (id int primary key, egg_id int, tenant_id text);
            create table egg (id int primary key, hen_id int references hen, tenant_id text);
            alter table hen add foreign key (egg_id) references egg;
            create table visit (id int, day date, tenant_id text) partition by range (day);
            create table visit_2025 partition of visit for values from ('2025-01-01') to ('2026-01-01');
            create table visit_2026 partition of visit for values from ('2026-01-01') to ('2027-01-01');
            create table country (code text primary key);
            grant select, insert, update, delete on all tables in schema public to tenancy_app;
            """;

    private static final String ROWS = """
            truncate customer, invoice, line, category, hen, egg, visit, country;
            insert into customer select n, t from generate_series(1, 3) n, (values ('acme')) as it(t);
            insert into customer values (9, 'globex');
            insert into invoice values (1, 1, 'acme'), (2, 2, 'acme'), (9, 9, 'globex');
            insert into line select n, 1, 'acme' from generate_series(1, 12000) n;
            insert into line values (99999, 9, 'globex');
            insert into category select n, nullif(n - 1, 0), 'acme' from generate_series(1, 20) n;
            insert into category values (99, null, 'globex');
            insert into hen values (1, null, 'acme'), (9, null, 'globex');
            insert into egg values (1, 1, 'acme'), (9, 9, 'globex');
            update hen set egg_id = id;
            insert into visit select n, '2025-06-01', 'acme' from generate_series(1, 6000) n;
            insert into visit select n, '2026-06-01', 'acme' from generate_series(1, 6000) n;
            insert into visit values (9, '2026-06-01', 'globex');
            insert into country values ('CH');
            """;

    @BeforeAll
    static void create(TestDatabase database) {
        database.execute(Role.MIGRATOR, DDL);
        database.execute(Role.MIGRATOR, new TenantPolicy("tenancy.tenant_id").createFunction());
        Stream.concat(TABLES.stream(), Stream.of("visit_2025", "visit_2026"))
                .flatMap(table -> TenantPolicy.protect(TableName.of(table)).stream())
                .forEach(statement -> database.execute(Role.MIGRATOR, statement));
    }

    @BeforeEach
    void fill(TestDatabase database) {
        database.execute(Role.SUPERUSER, ROWS);
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
        assertThat(owners(database)).containsOnly("globex").hasSize(TABLES.size());
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

        assertThat(owners(database)).contains("acme");
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
        assertThat(owners(database)).containsOnly("globex");
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
        assertThat(owners(database)).contains("acme");
    }

    private static RowLevelIsolationStrategy strategy(BinderUnderTest binder, Role role, TestDatabase database) {
        return new RowLevelIsolationStrategy(binder.connections(database, role), binder.of(IsolationConfig.DEFAULTS));
    }

    /** Whose rows there are in each table. */
    private static List<String> owners(TestDatabase database) throws SQLException {
        var sql = String.join(
                " union all ",
                TABLES.stream()
                        .map(table -> "select distinct tenant_id from " + table)
                        .toList());
        return RowLevelTest.rows(database.as(Role.SUPERUSER), sql);
    }
}
